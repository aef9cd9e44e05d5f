// The fieldsummary command.
import { namesOf } from '../plan/aggregation.js';
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

const COLUMNS = [
  'field',
  'count',
  'distinct_count',
  'is_exact',
  'max',
  'mean',
  'min',
  'numeric_count',
  'stdev',
  'values',
];

/** Computes summary statistics of fields. */
export const fieldsummary = defineCommand({
  name: 'fieldsummary',
  summary: 'Computes summary statistics of fields.',
  source: 'Search Reference: fieldsummary',
  type: 'transforming',
  grammar: form({ fields: fieldList({ minimum: 0 }) }, { options: { maxvals: integerOption } }),
  readsAll: () => true,
  fields: () => closedFields(COLUMNS),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'fieldsummary',
    input,
    arguments: { fields: namesOf(args.fields), maxValues: args.options.maxvals ?? 100 },
    columns: COLUMNS,
  }),
  examples: [
    {
      title: 'counts of a field',
      spl: '| fieldsummary n | table field count distinct_count max min',
      input: [{ n: 1 }, { n: 3 }, { n: 3 }],
      output: [{ field: 'n', count: 3, distinct_count: 2, max: 3, min: 1 }],
    },
  ],
});
