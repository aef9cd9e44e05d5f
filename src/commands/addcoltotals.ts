// The addcoltotals command.
import { namesOf } from '../plan/aggregation.js';
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { fieldOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Adds a result with the sum of every numeric field. */
export const addcoltotals = defineCommand({
  name: 'addcoltotals',
  summary: 'Adds a result with the sum of every numeric field.',
  source: 'Search Reference: addcoltotals',
  type: 'transforming',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    { options: { labelfield: fieldOption, label: textOption } },
  ),
  readsAll: (args) => args.fields.length === 0,
  fields: (args, input) =>
    addFields(input, args.options.labelfield === undefined ? [] : [args.options.labelfield]),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'addtotals',
    input,
    arguments: {
      fields: namesOf(args.fields),
      row: false,
      col: true,
      ...(args.options.labelfield === undefined ? {} : { labelField: args.options.labelfield }),
      label: args.options.label ?? 'Total',
    },
  }),
  examples: [
    {
      title: 'a row of sums',
      spl: '| addcoltotals labelfield=k',
      input: [
        { k: 'a', n: 1 },
        { k: 'b', n: 2 },
      ],
      output: [
        { k: 'a', n: 1 },
        { k: 'b', n: 2 },
        { n: 3, k: 'Total' },
      ],
    },
  ],
});
