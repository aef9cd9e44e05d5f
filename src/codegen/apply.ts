// The code of apply: a named function of the runtime is made once per run, with compiled expressions and searches.
import { type Need, needOf } from '../plan/needs.js';
import type { Operator } from '../plan/operator.js';
import type { Scope } from './code.js';
import { andParts } from './conditions.js';
import type { Consumer, Generator } from './generator.js';
import { literal, quote } from './quote.js';
import { expressionScope, searchScope } from './scopes.js';
import { searchCondition } from './search.js';
import { newBase, Shape } from './shape.js';

type Apply = Extract<Operator, { op: 'apply' }>;

/** Writes a call of a runtime function over rows. */
export function produceApply(g: Generator, operator: Apply, need: Need, consume: Consumer): void {
  const { writer } = g;
  const { input, writes = [] } = operator;
  // Values that nobody reads are not made.
  if (operator.kind === 'values' && input !== undefined && need !== 'all' && writes.length > 0)
    if (!writes.some((name) => need.has(name))) return g.produce(input, need, consume);
  const callee = makeFunction(g, operator);
  if (operator.kind === 'generate' || operator.input === undefined) {
    return g.loop(`await ${callee}()`, 'madeRows', true, (shape) => consume(closed(g, operator, shape)));
  }
  if (operator.kind === 'rows') {
    const rows = g.gather(operator.input, needOf(operator, need), true);
    return g.loop(`await ${callee}(${rows})`, 'appliedRows', true, (shape) =>
      consume(closed(g, operator, shape)),
    );
  }
  const inputNeed = needOf(operator, need);
  if (operator.kind === 'fold') {
    const { command } = g;
    const taken = writer.fresh('taken');
    writer.line(`let ${taken} = 0;`);
    g.produce(operator.input, inputNeed, (shape) => {
      writer.line(`${callee}.push(${shape.materialise(writer, inputNeed, true).variable});`);
      g.spare(command, `++${taken}`);
    });
    return g.loop(`await ${callee}.rows()`, 'foldedRows', true, (shape) =>
      consume(closed(g, operator, shape)),
    );
  }
  if (operator.kind === 'values') {
    return g.produce(operator.input, inputNeed, (shape) => consume(values(g, operator, callee, shape)));
  }
  g.produce(operator.input, inputNeed, (shape) => {
    const base = shape.materialise(writer, inputNeed, true);
    writer.line(`${callee}(${base.variable});`, origin(operator));
    consume(new Shape(newBase(base.variable, true)));
  });
}

const origin = (operator: Apply) => (): string => operator.function;

/** Calls a function of values: one result is that value, several come as an array. */
function values(g: Generator, operator: Apply, callee: string, shape: Shape): Shape {
  const { writer } = g;
  const writes = operator.writes ?? [];
  const read = (operator.reads ?? []).map((name) => shape.read(writer, name));
  const code = `${callee}(${read.join(', ')})`;
  if (writes.length === 1) {
    const name = writes[0] as string;
    const variable = writer.freshField(name);
    writer.line(
      `const ${variable}${writer.type('FieldValue')} = ${writer.use('oneValue')}(${code});`,
      origin(operator),
    );
    return shape.with([[name, variable]]);
  }
  const found = writer.fresh('found');
  writer.line(`const ${found} = ${writer.use('listOfValues')}(${code});`, origin(operator));
  const fields = writes.map((name, index): [string, string] => {
    const variable = writer.freshField(name);
    writer.line(`const ${variable} = ${found}[${index}] ?? null;`);
    return [name, variable];
  });
  return shape.with(fields);
}

/** Narrows what is known of the rows when the columns are. */
function closed(g: Generator, operator: Apply, shape: Shape): Shape {
  return operator.columns === undefined ? shape : shape.keep(g.writer, operator.columns);
}

/** Declares the function at the start of the run, and returns its name. */
function makeFunction(g: Generator, operator: Apply): string {
  const { writer } = g;
  const parts: string[] = [];
  for (const [name, item] of Object.entries(operator.expressions ?? {}))
    parts.push(`${name}: ${rowFunction(g, item)}`);
  for (const [name, plan] of Object.entries(operator.searches ?? {})) {
    const isMap = operator.function === 'map';
    const called = isMap ? g.withParameters(() => g.search(plan)) : g.search(plan);
    parts.push(
      `${name}: (${'row'}${writer.type('Row | null')} = null) => ${called}(${writer.use('withParameters')}(run, row), events)`,
    );
  }
  for (const [name, plan] of Object.entries(operator.pipes ?? {}))
    parts.push(`${name}: (rows${writer.type('readonly Row[]')}) => ${g.pipe(plan)}(run, events, rows)`);
  const factory = {
    values: 'valuesFunction',
    row: 'rowFunction',
    rows: 'rowsFunction',
    fold: 'foldFunction',
    generate: 'generateFunction',
  }[operator.kind];
  const variable = writer.fresh(operator.function);
  const hooks = parts.length === 0 ? '' : `, { ${parts.join(', ')} }`;
  g.prologue.push(
    `const ${variable} = ${writer.use(factory)}(${quote(operator.function)})(run, ${g.parameters ? `${writer.use('fillArguments')}(${literal(operator.arguments)}, run)` : literal(operator.arguments)}${hooks});`,
  );
  return variable;
}

/** A function of a row, and of the tokens of foreach, that evaluates an expression. */
function rowFunction(g: Generator, item: NonNullable<Apply['expressions']>[string]): string {
  const { writer } = g;
  const row = writer.fresh('row');
  const token = writer.fresh('token');
  let usesToken = false;
  const body = writer.aside(() => {
    const shape = new Shape(newBase(row, false));
    const base: Scope = expressionScope(g, shape);
    const scope: Scope = {
      ...base,
      read: (name) => {
        if (!name.includes('<<')) return shape.read(writer, name);
        usesToken = true;
        return `${writer.use('read')}(${row}, ${token}.fill(${quote(name)}))`;
      },
      token: (text) => {
        usesToken = true;
        return { code: `${token}.value(${quote(text)}, ${row})`, type: 'any', nullable: true };
      },
      tokenText: (text) => {
        usesToken = true;
        return `${token}.text(${quote(text)})`;
      },
    };
    if ('value' in item) writer.line(`return ${g.expressions.value(item.value, scope).code};`);
    else if (item.test.kind === 'eval') {
      const tests = andParts(item.test.expression).map((part) => g.expressions.test(part, scope));
      writer.line(`return ${tests.join(' && ')};`);
    } else if (item.test.kind === 'search') {
      const condition = searchCondition(item.test.expression, searchScope(g, shape, item.test), writer);
      writer.line(`return ${condition};`);
    }
  }, 2);
  const parameters = [`${row}${writer.type('Row')}`];
  if (usesToken) parameters.push(`${token}${writer.type('Token')}`);
  const returns = writer.type('value' in item ? 'FieldValue' : 'boolean');
  return `(${parameters.join(', ')})${returns} => {\n${body}\n  }`;
}
