// The delta command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { asClause, field } from '../syntax/grammar-parts.js';
import { integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Computes the difference to an earlier value of a field. */
export const delta = defineCommand({
  name: 'delta',
  summary: 'Computes the difference to an earlier value of a field.',
  source: 'Search Reference: delta',
  type: 'streaming',
  grammar: form({ field, as: asClause }, { options: { p: integerOption } }),
  reads: (args) => [args.field],
  fields: (args, input) => addFields(input, [args.as?.name ?? `delta(${args.field.name})`]),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'values',
    function: 'delta',
    input,
    arguments: { p: args.options.p ?? 1 },
    reads: [args.field.name],
    writes: [args.as?.name ?? `delta(${args.field.name})`],
  }),
  examples: [
    {
      title: 'the difference to the row before',
      spl: '| delta n AS change',
      input: [{ n: 1 }, { n: 4 }],
      output: [{ n: 1 }, { n: 4, change: 3 }],
    },
  ],
});
