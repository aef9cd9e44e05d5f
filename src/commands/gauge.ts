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
  fields: (args) => closedFields(names(args.values.length)),
  plan: (args, input) => ({
    op: 'project',
    mode: 'keep',
    fields: names(args.values.length),
    input: {
      op: 'extend',
      input: { op: 'limit', input, count: 1, from: 'start' },
      fields: args.values.map((item, index) => ({
        name: names(args.values.length)[index] as string,
        value: operandOf(item),
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
  ],
});
