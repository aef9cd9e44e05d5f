// The code of each operator beyond scan and filter.

import type { Need } from '../plan/needs.js';
import { dynamicNameFields, liveAssignments, needOf, union } from '../plan/needs.js';
import type { Assignment, Operator } from '../plan/operator.js';
import { fillWildcards, wildcardParts } from '../runtime/pattern.js';
import { printExpression } from '../syntax/expression.js';
import { produceAggregate, produceWindow } from './aggregate.js';
import { produceApply } from './apply.js';
import type { Scope } from './code.js';
import type { Consumer, Generator } from './generator.js';
import { literal, quote } from './quote.js';
import { expressionScope, searchScope } from './scopes.js';
import { searchCondition } from './search.js';
import { Deferred, type Local, newBase, Shape } from './shape.js';

type Of<Name extends Operator['op']> = Extract<Operator, { op: Name }>;

/** Writes one operator; scan, filter and marks are written by the generator itself. */
export function produceOperator(g: Generator, operator: Operator, need: Need, consume: Consumer): void {
  switch (operator.op) {
    case 'extend':
      return g.produce(operator.input, needOf(operator, need), (shape) => {
        consume(extend(g, liveAssignments(operator.fields, need), shape));
      });
    case 'project':
      return g.produce(operator.input, needOf(operator, need), (shape) => {
        if (operator.mode === 'remove') return consume(shape.remove(operator.fields));
        const keep = operator.internal ? [...operator.fields, '_*'] : operator.fields;
        const named = keep.every((name) => !name.includes('*'));
        consume(shape.keep(g.writer, named && need !== 'all' ? keep.filter((name) => need.has(name)) : keep));
      });
    case 'rename':
      return g.produce(operator.input, needOf(operator, need), (shape) =>
        consume(rename(g, operator, shape)),
      );
    case 'aggregate':
      return produceAggregate(g, operator, need, consume);
    case 'window':
      return produceWindow(g, operator, need, consume);
    case 'sort':
      return sort(g, operator, need, consume);
    case 'limit':
      return limit(g, operator, need, consume);
    case 'dedup':
      return dedup(g, operator, need, consume);
    case 'expand':
      return expand(g, operator, need, consume);
    case 'join':
      return join(g, operator, need, consume);
    case 'union':
      return unionRows(g, operator, need, consume);
    case 'apply':
      return produceApply(g, operator, need, consume);
    default:
      throw new Error(`operator ${operator.op} is written elsewhere`);
  }
}

/** Where an expression is compiled only to see its type and faults. */
const rehearsal: Scope = {
  read: () => '$field',
  row: () => 'row',
  token: () => ({ code: '$token', type: 'any', nullable: true }),
  tokenText: () => '$token',
  searchMatch: () => 'true',
  subsearch: () => '$subsearch',
};

const origin =
  ({ name, value }: Assignment): (() => string) =>
  () =>
    `eval ${name}=${printExpression(value)}`;

/** Each value is computed where it is first read, so that rows which a later filter drops never pay for it. */
function extend(g: Generator, fields: readonly Assignment[], input: Shape): Shape {
  const { writer } = g;
  let shape = input;
  for (const field of fields) {
    const value = g.rehearse(() => g.expressions.assigned(field.value, rehearsal));
    if (value.type === 'boolean') {
      g.diagnostics.push({
        severity: 'error',
        code: 'argument-type',
        message: `a field cannot hold the outcome of a condition`,
        span: field.value.span,
        help: 'wrap it: if(…, "true", "false") or tostring(…)',
      });
    }
    if (field.dynamicName) {
      const names = dynamicNameFields(field.name).map((name) => [name, shape.read(writer, name)] as const);
      const base = shape.materialise(writer, 'all', true);
      const variables = names.map(([name, code]) => `[${quote(name)}, ${code}]`).join(', ');
      const name = `${writer.use('fieldNameOf')}(${quote(field.name)}, [${variables}])`;
      const real = g.muted(() =>
        g.expressions.assigned(field.value, expressionScope(g, new Shape(base), field.subsearches)),
      );
      writer.line(`${writer.use('setField')}(${base.variable}, ${name}, ${real.code});`, origin(field));
      shape = new Shape(newBase(base.variable, true));
      continue;
    }
    if (value.constant === null) {
      shape = shape.with([[field.name, null]]);
      continue;
    }
    const before = shape;
    const later = new Deferred(() => {
      const real = g.muted(() =>
        g.expressions.assigned(field.value, expressionScope(g, before, field.subsearches)),
      );
      const { when } = field;
      const test =
        when === undefined ? 'true' : searchCondition(when.expression, searchScope(g, before, when), writer);
      const code = test === 'true' ? real.code : test === 'false' ? 'null' : `${test} ? ${real.code} : null`;
      const variable = writer.freshField(field.name);
      writer.line(`const ${variable}${writer.type('FieldValue')} = ${code};`, origin(field));
      return variable;
    });
    shape = shape.with([[field.name, later]]);
  }
  return shape;
}

function rename(g: Generator, operator: Of<'rename'>, input: Shape): Shape {
  const { writer } = g;
  const isPattern = (text: string): boolean => text.includes('*');
  if (!input.closed && operator.pairs.some((pair) => isPattern(pair.from))) {
    const base = input.materialise(writer, 'all', true);
    const row = writer.fresh('row');
    writer.line(
      `const ${row} = ${writer.use('renameFields')}(${base.variable}, ${writer.constant('pairs', literal(operator.pairs))});`,
    );
    return new Shape(newBase(row, true));
  }
  let shape = input;
  for (const pair of operator.pairs) {
    const renames = isPattern(pair.from)
      ? shape.matching(pair.from).map((name) => {
          const parts = wildcardParts(pair.from, name) ?? [];
          return [name, fillWildcards(pair.to, parts)] as const;
        })
      : [[pair.from, pair.to] as const];
    for (const [from, to] of renames) if (from !== to) shape = renameOne(g, shape, from, to);
  }
  return shape;
}

/** Renames in place, so that columns keep their order. A missing source takes the target away. */
function renameOne(g: Generator, shape: Shape, from: string, to: string): Shape {
  const code = shape.local(g.writer, from);
  if (!shape.closed || !shape.overlay.has(from)) {
    return shape.with([
      [from, null],
      [to, code],
    ]);
  }
  const overlay = new Map<string, Local>();
  for (const [name, value] of shape.overlay) {
    if (name === from) overlay.set(to, code);
    else if (name !== to) overlay.set(name, value);
  }
  return new Shape(null, overlay);
}

function sort(g: Generator, operator: Of<'sort'>, need: Need, consume: Consumer): void {
  const { writer } = g;
  const inputNeed = needOf(operator, need);
  const specs = writer.constant(
    'sortKeys',
    `${literal(operator.keys)}${writer.language === 'typescript' ? ' as const' : ''}`,
  );
  const { limitName } = operator;
  const isLimited = limitName !== undefined || operator.limit > 0;
  if (isLimited && operator.reverse !== true && operator.keys.length > 0) {
    // Rows that cannot be among those kept are let go of on the way.
    const limit = limitName === undefined ? String(operator.limit) : `run.limit(${quote(limitName)})`;
    const rows = g.gather(operator.input, inputNeed, false, `${writer.use('topRows')}(${specs}, ${limit})`);
    const told = limitName === undefined ? '' : `run, ${quote(limitName)}`;
    return g.loop(`${rows}.inOrder(${told})`, 'sortedRows', false, consume);
  }
  const rows = g.gather(operator.input, inputNeed, false);
  const sorted = writer.fresh('sorted');
  const order =
    operator.keys.length === 0 ? `${rows}.slice()` : `${writer.use('sortRows')}(${rows}, ${specs})`;
  writer.line(`const ${sorted} = ${order}${operator.reverse ? '.reverse()' : ''};`);
  if (limitName !== undefined)
    writer.line(`${writer.use('limitRows')}(run, ${sorted}, ${quote(limitName)});`);
  else if (operator.limit > 0)
    writer.line(`${sorted}.length = Math.min(${sorted}.length, ${operator.limit});`);
  g.loop(sorted, 'sortedRows', false, consume);
}

function limit(g: Generator, operator: Of<'limit'>, need: Need, consume: Consumer): void {
  const { writer } = g;
  if (operator.from === 'end') {
    const rows = g.gather(operator.input, need, false, `${writer.use('lastRows')}(${operator.count})`);
    return g.loop(`${rows}.fromEnd()`, 'lastRows', false, consume);
  }
  const taken = writer.fresh('taken');
  writer.line(`let ${taken} = 0;`);
  g.produce(operator.input, need, (shape) => {
    // Counting rows needs all that the commands before give, not only those that are taken.
    const leave = g.options.instrument ? 'continue;' : g.leave();
    if (operator.limitName !== undefined) {
      writer.line(
        `if (${writer.use('beyondLimit')}(run, ${quote(operator.limitName)}, ${taken}++)) ${leave}`,
      );
    } else writer.line(`if (${taken}++ >= ${operator.count}) ${leave}`);
    consume(shape);
  });
}

function dedup(g: Generator, operator: Of<'dedup'>, need: Need, consume: Consumer): void {
  const { writer } = g;
  const seen = writer.fresh('seen');
  const { command } = g;
  const simple = !operator.keepEvents && !operator.keepEmpty && operator.count === 1 && !operator.consecutive;
  if (operator.consecutive) {
    writer.line(`let ${seen}Key = "";`);
    writer.line(`let ${seen}Count = 0;`);
  } else if (simple && operator.fields.length === 2)
    writer.line(`const ${seen} = new Map${writer.typeArguments('string, Set<string>')}();`);
  else if (simple) writer.line(`const ${seen} = new Set${writer.typeArguments('string')}();`);
  else writer.line(`const ${seen} = new Map${writer.typeArguments('string, number')}();`);
  g.produce(operator.input, needOf(operator, need), (shape) => {
    const values = operator.fields.map((name) => shape.read(writer, name));
    const key = writer.fresh('key');
    const count = writer.fresh('count');
    const missing = values.map((value) => `${value} === null`).join(' || ');
    const code =
      values.length === 1
        ? `${writer.use('keyOf')}(${values[0]})`
        : `${writer.use('compositeKey')}([${values.join(', ')}])`;
    if (!operator.keepEmpty) writer.line(`if (${missing}) continue;`);
    if (simple && values.length === 2) {
      // A set per first value saves joining the two into one text for every row.
      const second = writer.fresh('seconds');
      writer.line(
        `const ${second} = ${writer.use('setWithin')}(${seen}, ${writer.use('keyOf')}(${values[0]}));`,
      );
      writer.line(`const ${key} = ${writer.use('keyOf')}(${values[1]});`);
      writer.line(`if (${second}.has(${key})) continue;`);
      writer.line(`${second}.add(${writer.use('ownText')}(${key}));`);
      return consume(shape);
    }
    writer.line(`const ${key} = ${code};`);
    if (simple) {
      writer.line(`if (${seen}.has(${key})) continue;`);
      writer.line(`${seen}.add(${writer.use('ownText')}(${key}));`);
      g.spare(command, `${seen}.size`);
      return consume(shape);
    }
    const exempt = operator.keepEmpty ? `(${missing}) ? 0 : ` : '';
    if (operator.consecutive) {
      writer.line(`${seen}Count = ${key} === ${seen}Key && ${seen}Count > 0 ? ${seen}Count + 1 : 1;`);
      writer.line(`${seen}Key = ${key};`);
      writer.line(`const ${count} = ${exempt}${seen}Count;`);
    } else {
      writer.line(`const ${count} = ${exempt}(${seen}.get(${key}) ?? 0) + 1;`);
      writer.line(`${seen}.set(${count} === 1 ? ${writer.use('ownText')}(${key}) : ${key}, ${count});`);
      g.spare(command, `${seen}.size`);
    }
    if (!operator.keepEvents) {
      writer.line(`if (${count} > ${operator.count}) continue;`);
      return consume(shape);
    }
    const kept = operator.fields.map((name, index) => {
      const variable = writer.freshField(name);
      writer.line(`const ${variable} = ${count} > ${operator.count} ? null : ${values[index]};`);
      return [name, variable] as const;
    });
    consume(shape.with(kept));
  });
}

function expand(g: Generator, operator: Of<'expand'>, need: Need, consume: Consumer): void {
  const { writer } = g;
  g.produce(operator.input, needOf(operator, need), (shape) => {
    const value = shape.read(writer, operator.field);
    // What is read of the row is read before the inner loop where it is known to be needed.
    for (const name of need === 'all' ? shape.overlay.keys() : need) shape.read(writer, name);
    const variable = writer.freshField(operator.field);
    const limitArgument = operator.limit > 0 ? `, ${operator.limit}` : '';
    writer.block(`for (const ${variable} of ${writer.use('expandValues')}(${value}${limitArgument}))`, () => {
      const inner = shape.base === null ? shape : shape.isolated();
      consume(inner.with([[operator.field, variable]]));
    });
  });
}

function join(g: Generator, operator: Of<'join'>, need: Need, consume: Consumer): void {
  const { writer } = g;
  const index = writer.fresh('joined');
  const options = {
    max: operator.max,
    outer: operator.type === 'left',
    ...(operator.useTime ? { useTime: true, earlier: operator.earlier } : {}),
  };
  g.prologue.push(
    `const ${index} = ${writer.use('joinIndex')}(run, await ${g.search(operator.right)}(run, events), ${literal(operator.fields)}, ${literal(options)});`,
  );
  const inputNeed = needOf(operator, need);
  g.produce(operator.input, inputNeed, (shape) => {
    const values = operator.fields.map((name) => shape.read(writer, name));
    const time = operator.useTime ? shape.read(writer, '_time') : 'null';
    const base = shape.materialise(
      writer,
      need === 'all' ? 'all' : union(need, new Set(operator.fields)),
      false,
    );
    const match = writer.fresh('match');
    const row = writer.fresh('row');
    writer.block(`for (const ${match} of ${index}([${values.join(', ')}], ${time}))`, () => {
      writer.line(
        `const ${row} = ${writer.use('mergeRows')}(${base.variable}, ${match}, ${operator.overwrite});`,
      );
      consume(new Shape(newBase(row, true)));
    });
  });
}

function unionRows(g: Generator, operator: Of<'union'>, need: Need, consume: Consumer): void {
  const { writer } = g;
  const rows = writer.fresh('rows');
  const { command } = g;
  writer.line(`const ${rows}${writer.type('Row[]')} = [];`);
  for (const input of operator.inputs) {
    g.produce(input, need, (shape) => {
      writer.line(`${rows}.push(${shape.materialise(writer, need, true).variable});`);
      g.spare(command, `${rows}.length`);
    });
  }
  g.loop(rows, 'unionRows', true, consume);
}
