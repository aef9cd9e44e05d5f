// The accum command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { asClause, field } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Keeps a running sum of a field. */
export const accum = defineCommand({
  name: 'accum',
  summary: 'Keeps a running sum of a field.',
  source: 'Search Reference: accum',
  type: 'streaming',
  grammar: form({ field, as: asClause }),
  reads: (args) => [args.field],
  fields: (args, input) => (args.as === undefined ? input : addFields(input, [args.as.name])),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'values',
    function: 'accum',
    input,
    arguments: { keeps: args.as === undefined },
    reads: [args.field.name],
    writes: [(args.as ?? args.field).name],
  }),
  examples: [
    {
      title: 'a running total',
      spl: '| accum n AS total',
      input: [{ n: 1 }, { n: 2 }, { n: 3 }],
      output: [
        { n: 1, total: 1 },
        { n: 2, total: 3 },
        { n: 3, total: 6 },
      ],
    },
  ],
});
