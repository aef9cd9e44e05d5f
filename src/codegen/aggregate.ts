// The code of stats and eventstats: a group object per combination of values, its states updated row by row.
import { type Need, needOf } from '../plan/needs.js';
import type { Operator, PlannedAggregation } from '../plan/operator.js';
import type { Consumer, Generator } from './generator.js';
import { literal, quote } from './quote.js';
import { expressionScope } from './scopes.js';
import { newBase, Shape } from './shape.js';

type Of<Name extends Operator['op']> = Extract<Operator, { op: Name }>;

/** Aggregates that look at the time of the event. */
const timed = new Set([
  'earliest',
  'latest',
  'earliest_time',
  'latest_time',
  'first',
  'last',
  'rate',
  'rate_avg',
  'rate_sum',
  'per_second',
  'per_minute',
  'per_hour',
  'per_day',
  'sparkline',
]);

/** Aggregates whose state takes no more memory after many values than after one. */
const constant = new Set([
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'range',
  'first',
  'last',
  'earliest',
  'latest',
  'earliest_time',
  'latest_time',
  'stdev',
  'stdevp',
  'var',
  'varp',
  'sumsq',
]);

interface Slot {
  readonly plan: PlannedAggregation;
  /** Member of the group object that holds the state. */
  readonly state: string;
  /** Constant holding start, add and finish; undefined for a plain count, which is a number. */
  readonly functions: string | undefined;
  readonly wildcard: boolean;
}

/** The pieces of code that both operators share. */
interface Groups {
  readonly type: string;
  readonly list: string;
  readonly find: string;
  /** Function that adds a row's values to a group. */
  readonly update: string;
  readonly slots: readonly Slot[];
}

function isWildcard(item: PlannedAggregation): boolean {
  return item.field?.includes('*') ?? false;
}

/** An aggregation as a comment tells it. */
function described(item: PlannedAggregation): string {
  const argument =
    item.expression === undefined ? (item.field === undefined ? '' : quote(item.field)) : 'eval(…)';
  return `${item.function}(${argument}) as ${quote(item.as)}`;
}

function declareGroups(
  g: Generator,
  aggregations: readonly PlannedAggregation[],
  by: readonly string[],
  allNumeric: boolean,
): Groups {
  const { writer, command } = g;
  const type = writer.fresh('Group');
  const slots = aggregations.map((plan, index): Slot => {
    const wildcard = isWildcard(plan);
    const plainCount = plan.function === 'count' && plan.field === undefined && plan.expression === undefined;
    const parameter = plan.parameter === undefined ? '' : `, ${plan.parameter}`;
    const flag = allNumeric ? `${parameter === '' ? ', undefined' : ''}, true` : '';
    const functions = plainCount
      ? undefined
      : writer.constant(
          plan.function.replace(/[^a-z0-9]/gi, ''),
          plan.drawn === undefined
            ? `${writer.use('aggregate')}(${quote(plan.function)}${parameter}${flag})`
            : `${writer.use('drawn')}(${quote(plan.drawn.function)}${plan.drawn.span === undefined ? '' : `, ${plan.drawn.span}`})`,
        );
    return { plan, state: `${plainCount ? 'count' : 'state'}${index + 1}`, functions, wildcard };
  });
  const start = slots.map((slot) => {
    if (slot.functions === undefined) return `${slot.state}: 0`;
    if (slot.wildcard) return `${slot.state}: new Map${writer.typeArguments('string, unknown')}()`;
    return `${slot.state}: ${slot.functions}.start()`;
  });
  const keys = by.map((_, index) => `key${index + 1}`);
  writer.line(
    `// ${aggregations.map(described).join(', ')}${by.length === 0 ? '' : ` by ${by.map(quote).join(', ')}`}`,
  );
  if (writer.language === 'typescript') {
    writer.type('FieldValue');
    const members = [
      ...keys.map((key) => `${key}: FieldValue`),
      ...slots.map((slot) =>
        slot.functions === undefined
          ? `${slot.state}: number`
          : slot.wildcard
            ? `${slot.state}: Map<string, unknown>`
            : `${slot.state}: unknown`,
      ),
    ];
    writer.line(`type ${type} = { ${members.join('; ')} };`);
  }
  const list = writer.fresh('groups');
  // A group outlives the events that its keys were read from.
  const ownKeys = keys.map((key) => `${key}: ${writer.use('ownValue')}(${key})`);
  const object = `{ ${[...ownKeys, ...start].join(', ')} }`;
  const asGroup = writer.language === 'typescript' ? `: ${type}` : '';
  if (by.length === 0) {
    writer.line(`const ${list}${asGroup} = ${object};`);
    return { type, list, find: list, update: declareUpdate(g, type, slots, by), slots };
  }
  const find = writer.fresh('findGroup');
  const map = `${list}ByKey`;
  const value = writer.language === 'typescript' ? type : '';
  const nested = by.length <= 3;
  const mapType = (depth: number): string => (depth === 0 ? value : `Map<string, ${mapType(depth - 1)}>`);
  const make = (depth: number): string =>
    writer.language === 'typescript' ? `new ${mapType(depth)}()` : 'new Map()';
  writer.line(`const ${list}${writer.language === 'typescript' ? `: ${type}[]` : ''} = [];`);
  writer.line(`const ${map} = ${make(nested ? by.length : 1)};`);
  const parameters = keys.map((key) => `${key}${writer.type('FieldValue')}`).join(', ');
  writer.block(
    `const ${find} = (${parameters})${asGroup} =>`,
    () => {
      let level = map;
      if (nested) {
        for (let i = 0; i < by.length - 1; i++) {
          const text = `text${i + 1}`;
          writer.line(`const ${text} = ${writer.use('keyOf')}(${keys[i]});`);
          writer.line(`let level${i + 1} = ${level}.get(${text});`);
          writer.line(
            `if (level${i + 1} === undefined) ${level}.set(${writer.use('ownText')}(${text}), (level${i + 1} = ${make(by.length - 1 - i)}));`,
          );
          level = `level${i + 1}`;
        }
      }
      const last = nested
        ? `${writer.use('keyOf')}(${keys[by.length - 1]})`
        : `${writer.use('compositeKey')}([${keys.join(', ')}])`;
      writer.line(`const text = ${last};`);
      writer.line(`let group = ${level}.get(text);`);
      writer.block('if (group === undefined)', () => {
        writer.line(`group = ${object};`);
        writer.line(`${level}.set(${writer.use('ownText')}(text), group);`);
        writer.line(`${list}.push(group);`);
        g.spare(command, `${list}.length`, 'groups');
      });
      writer.line('return group;');
    },
    '};',
  );
  return { type, list, find, update: declareUpdate(g, type, slots, by), slots };
}

/** Writes the function that adds one row's values to a group, and returns its name. */
function declareUpdate(g: Generator, type: string, slots: readonly Slot[], by: readonly string[]): string {
  const { writer } = g;
  const update = writer.fresh('update');
  const parameters = [`group${writer.language === 'typescript' ? `: ${type}` : ''}`];
  slots.forEach((slot, index) => {
    if (takesValue(slot)) parameters.push(`value${index + 1}${writer.type('FieldValue')}`);
  });
  if (slots.some((slot) => timed.has(slot.plan.function)))
    parameters.push(`time${writer.type('number | null')}`);
  if (slots.some((slot) => slot.wildcard)) parameters.push(`row${writer.type('Row')}`);
  writer.block(
    `const ${update} = (${parameters.join(', ')})${writer.type('void')} =>`,
    () => {
      slots.forEach((slot, index) => {
        const member = `group.${slot.state}`;
        const time = timed.has(slot.plan.function) ? 'time' : 'null';
        if (slot.functions === undefined) writer.line(`${member}++;`);
        else if (slot.wildcard)
          writer.line(
            `${writer.use('addMatching')}(${slot.functions}, ${member}, row, ${quote(slot.plan.field ?? '*')}, ${literal(by)}, ${time});`,
          );
        else if (takesValue(slot)) {
          const value = `value${index + 1}`;
          writer.line(
            `if (${value} !== null) ${member} = ${slot.functions}.add(${member}, ${value}, ${time});`,
          );
        } else writer.line(`${member} = ${slot.functions}.add(${member}, null, ${time});`);
      });
    },
    '};',
  );
  return update;
}

function takesValue(slot: Slot): boolean {
  return !slot.wildcard && (slot.plan.expression !== undefined || slot.plan.field !== undefined);
}

/** Code for what the update function takes of the row at hand. */
function inputs(g: Generator, slots: readonly Slot[], shape: Shape, need: Need): string[] {
  const { writer } = g;
  const codes = slots.filter(takesValue).map(({ plan }) => {
    if (plan.expression === undefined) return shape.read(writer, plan.field ?? '');
    const value = g.expressions.value(plan.expression, expressionScope(g, shape));
    const variable = writer.fresh('argument');
    writer.line(`const ${variable}${writer.type('FieldValue')} = ${value.code};`);
    return variable;
  });
  if (slots.some((slot) => timed.has(slot.plan.function)))
    codes.push(`${writer.use('timeOf')}(${shape.read(writer, '_time')})`);
  if (slots.some((slot) => slot.wildcard)) codes.push(shape.materialise(writer, need, false).variable);
  return codes;
}

/** Writes the update of the groups of a row, once per combination of the values of its `by` fields. */
function updateGroups(
  g: Generator,
  groups: Groups,
  operator: Of<'aggregate'> | Of<'window'>,
  shape: Shape,
  need: Need,
): string {
  const { writer } = g;
  const by = operator.by;
  const fill = operator.op === 'aggregate' ? operator.fillNull : undefined;
  const call = (group: string, values: readonly string[]): string =>
    `${groups.update}(${[group, ...values].join(', ')});`;
  if (by.length === 0) {
    writer.line(call(groups.list, inputs(g, groups.slots, shape, need)));
    return groups.list;
  }
  let keys = by.map((name) => shape.read(writer, name));
  if (fill !== undefined) {
    keys = keys.map((key) => {
      const variable = writer.fresh('key');
      writer.line(`const ${variable} = ${key} ?? ${quote(fill)};`);
      return variable;
    });
  }
  const missing = keys.map((key) => `${key} === null`).join(' || ');
  if (operator.op === 'window') {
    const values = inputs(g, groups.slots, shape, need);
    const group = writer.fresh('group');
    writer.line(`const ${group} = ${missing} ? null : ${groups.find}(${keys.join(', ')});`);
    writer.line(`if (${group} !== null) ${call(group, values)}`);
    return group;
  }
  if (fill === undefined) writer.line(`if (${missing}) continue;`);
  const values = inputs(g, groups.slots, shape, need);
  // Most rows have one value per field and belong to one group; only multivalues fan out.
  const many = keys.map((key) => `typeof ${key} === "object"`).join(' || ');
  const picked = keys
    .map((_, i) => `keys[${i}]${writer.language === 'typescript' ? ' ?? null' : ''}`)
    .join(', ');
  const dedup = operator.dedupSplitValues ? ', true' : '';
  writer.block(`if (${many})`, () => {
    writer.block(`for (const keys of ${writer.use('combinations')}([${keys.join(', ')}]${dedup}))`, () =>
      writer.line(call(`${groups.find}(${picked})`, values)),
    );
  });
  writer.line(`else ${call(`${groups.find}(${keys.join(', ')})`, values)}`);
  return '';
}

function finishCode(slot: Slot, group: string): string {
  if (slot.functions === undefined) return `${group}.${slot.state}`;
  return `${slot.functions}.finish(${group}.${slot.state}, run)`;
}

/** Writes stats. */
export function produceAggregate(
  g: Generator,
  operator: Of<'aggregate'>,
  need: Need,
  consume: Consumer,
): void {
  const { writer } = g;
  const groups = declareGroups(g, operator.aggregations, operator.by, operator.allNumeric ?? false);
  const { command } = g;
  const grows = operator.aggregations.some((item) => isWildcard(item) || !constant.has(item.function));
  const taken = grows ? writer.fresh('taken') : '';
  if (grows) writer.line(`let ${taken} = 0;`);
  const any = operator.by.length === 0 && !operator.rowForNone ? writer.fresh('anyRow') : '';
  if (any !== '') writer.line(`let ${any} = false;`);
  g.produce(operator.input, needOf(operator, need), (shape) => {
    if (any !== '') writer.line(`${any} = true;`);
    if (grows) g.spare(command, `++${taken}`);
    updateGroups(g, groups, operator, shape, needOf(operator, new Set()));
  });
  const group = writer.fresh('group');
  const list =
    operator.by.length === 0
      ? any === ''
        ? `[${groups.list}]`
        : `${any} ? [${groups.list}] : []`
      : groups.list;
  if (operator.by.length > 0)
    writer.line(`${groups.list}.sort(${writer.use('compareGroups')}(${operator.by.length}));`);
  g.labelled('groupRows', `for (const ${group} of ${list})`, () => {
    consume(groupShape(g, groups, operator, group));
  });
}

function groupShape(g: Generator, groups: Groups, operator: Of<'aggregate'>, group: string): Shape {
  const { writer } = g;
  const fields = (operator.byNames ?? operator.by).map((name, index): [string, string] => {
    const variable = writer.freshField(name);
    writer.line(`const ${variable} = ${group}.key${index + 1};`);
    return [name, variable];
  });
  if (!groups.slots.some((slot) => slot.wildcard)) {
    for (const slot of groups.slots) {
      const variable = writer.freshField(slot.plan.as);
      writer.line(`const ${variable}${writer.type('FieldValue')} = ${finishCode(slot, group)};`);
      fields.push([slot.plan.as, variable]);
    }
    return new Shape(null, new Map(fields));
  }
  const row = writer.fresh('row');
  writer.line(`const ${row} = ${writer.use('createRow')}();`);
  for (const [name, code] of fields) writer.line(`${row}[${quote(name)}] = ${code};`);
  for (const slot of groups.slots) finishInto(g, slot, group, row);
  return new Shape(newBase(row, true));
}

function finishInto(g: Generator, slot: Slot, group: string, row: string): void {
  const { writer } = g;
  if (!slot.wildcard) return writer.line(`${row}[${quote(slot.plan.as)}] = ${finishCode(slot, group)};`);
  writer.line(
    `${writer.use('finishMatching')}(${slot.functions}, ${group}.${slot.state}, ${row}, ${quote(slot.plan.field ?? '*')}, ${quote(slot.plan.as)}, run);`,
  );
}

/** Writes eventstats: the rows are kept, and get the aggregates of their group when all have been read. */
export function produceWindow(g: Generator, operator: Of<'window'>, need: Need, consume: Consumer): void {
  const { writer } = g;
  const wildcard = operator.aggregations.some(isWildcard);
  const inputNeed = wildcard ? 'all' : needOf(operator, need);
  const groups = declareGroups(g, operator.aggregations, operator.by, operator.allNumeric ?? false);
  const rows = writer.fresh('rows');
  const groupOf = writer.fresh('groupOf');
  const { command } = g;
  writer.line(`const ${rows}${writer.type('Row[]')} = [];`);
  const groupType = writer.language === 'typescript' ? `: (${groups.type} | null)[]` : '';
  if (operator.by.length > 0) writer.line(`const ${groupOf}${groupType} = [];`);
  g.produce(operator.input, inputNeed, (shape) => {
    const base = shape.materialise(writer, inputNeed, wildcard);
    const own = updateGroups(g, groups, operator, new Shape(base), inputNeed);
    if (operator.by.length > 0) writer.line(`${groupOf}.push(${own});`);
    writer.line(`${rows}.push(${base.variable});`);
    g.spare(command, `${rows}.length`);
  });
  const results = writer.fresh('results');
  const group = writer.fresh('group');
  const sample = groups.slots
    .map((slot) => (slot.wildcard ? '' : `${slot.state}: ${finishCode(slot, group)}`))
    .filter((text) => text !== '');
  const groupParameter = writer.language === 'typescript' ? `${group}: ${groups.type}` : group;
  writer.line(
    `const ${results} = ${writer.use('memoized')}((${groupParameter}) => ({ ${sample.join(', ')} }));`,
  );
  const row = writer.fresh('row');
  const index = writer.fresh('index');
  const entries = operator.by.length > 0 ? `${rows}.entries()` : rows;
  g.labelled(
    'windowRows',
    `for (const ${operator.by.length > 0 ? `[${index}, ${row}]` : row} of ${entries})`,
    () => {
      writer.line(
        `const ${group} = ${operator.by.length > 0 ? `${groupOf}[${index}] ?? null` : groups.list};`,
      );
      const result = writer.fresh('result');
      const guard = operator.by.length > 0;
      writer.line(`const ${result} = ${guard ? `${group} === null ? null : ` : ''}${results}(${group});`);
      if (wildcard) {
        for (const slot of groups.slots) {
          writer.block(guard ? `if (${group} !== null)` : '', () => finishInto(g, slot, group, row));
        }
        void result;
        return consume(new Shape(newBase(row, true)));
      }
      const added = groups.slots.map((slot): [string, string] => {
        const variable = writer.freshField(slot.plan.as);
        writer.line(
          `const ${variable}${writer.type('FieldValue')} = ${result}${guard ? '?' : ''}.${slot.state}${guard ? ' ?? null' : ''};`,
        );
        return [slot.plan.as, variable];
      });
      consume(new Shape(newBase(row, false)).with(added));
    },
  );
}
