// The gauge command.
import { fieldNode } from '../plan/expressions.js';
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import type { Expression, FieldName } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** A field, or the number that stands in its place. */
function operandOf(item: FieldName): Expression {
  const value = item.quoted ? Number.NaN : Number(item.name);
  return Number.isNaN(value)
    ? fieldNode(item.name)
    : { kind: 'number', value, text: item.name, span: item.span };
}

/** "If not at least two range numbers are provided, the gauge will start at 0 and end at 100" (gauge). */
function operandsOf(values: readonly FieldName[]): readonly Expression[] {
  const given = values.map(operandOf);
  const bound = (value: number): Expression => ({
    kind: 'number',
    value,
    text: String(value),
    span: { start: 0, end: 0 },
  });
  return given.length > 2 ? given : [...given.slice(0, 1), bound(0), bound(100)];
}

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => (index === 0 ? 'x' : `y${index}`));

/** Writes a value and the bounds of its ranges as a gauge reads them. */
export const gauge = defineCommand({
  name: 'gauge',
  summary: 'Writes the value of the first result as x, and the bounds of its ranges as y1, y2 and so on.',
  source: 'Search Reference: gauge',
  type: 'transforming',
  grammar: form({ values: fieldList() }),
  reads: (args) => args.values.filter((item) => operandOf(item).kind === 'field'),
  fields: (args) => closedFields(names(operandsOf(args.values).length)),
  plan: (args, input) => ({
    op: 'project',
    mode: 'keep',
    fields: names(operandsOf(args.values).length),
    input: {
      op: 'extend',
      input: { op: 'limit', input, count: 1, from: 'start' },
      fields: operandsOf(args.values).map((value, index) => ({
        name: index === 0 ? 'x' : `y${index}`,
        value,
      })),
    },
  }),
  examples: [
    {
      title: 'a count between bounds',
      spl: '| stats count AS n | gauge n 2 5 10',
      input: [{ a: 1 }, { a: 2 }, { a: 3 }],
      output: [{ x: 3, y1: 2, y2: 5, y3: 10 }],
    },
    {
      title: 'without two bounds from 0 to 100',
      spl: '| stats count AS n | gauge n',
      input: [{ a: 1 }],
      output: [{ x: 1, y1: 0, y2: 100 }],
    },
  ],
});
