// The addtotals command.
import { namesOf } from '../plan/aggregation.js';
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, fieldOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Adds the sum of numeric fields to every result, or of every column as a result. */
export const addtotals = defineCommand({
  name: 'addtotals',
  summary: 'Adds the sum of numeric fields to every result, or of every column as a result.',
  source: 'Search Reference: addtotals',
  type: 'transforming',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    {
      options: {
        row: booleanOption,
        col: booleanOption,
        labelfield: fieldOption,
        label: textOption,
        fieldname: fieldOption,
      },
    },
  ),
  reads: (args) => args.fields,
  readsAll: (args) => args.fields.length === 0,
  fields: (args, input) => {
    const { row, labelfield, fieldname } = args.options;
    return addFields(input, [
      ...(row === false ? [] : [fieldname ?? 'Total']),
      ...(labelfield === undefined ? [] : [labelfield]),
    ]);
  },
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'addtotals',
    input,
    arguments: {
      fields: namesOf(args.fields),
      row: args.options.row ?? true,
      col: args.options.col ?? false,
      fieldName: args.options.fieldname ?? 'Total',
      ...(args.options.labelfield === undefined ? {} : { labelField: args.options.labelfield }),
      label: args.options.label ?? 'Total',
    },
  }),
  examples: [
    {
      title: 'a field of sums',
      spl: '| addtotals a b',
      input: [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
      output: [
        { a: 1, b: 2, Total: 3 },
        { a: 3, b: 4, Total: 7 },
      ],
    },
  ],
});
