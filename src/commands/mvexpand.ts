// The mvexpand command.

import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Makes a result of every value of a multivalue field. */
export const mvexpand = defineCommand({
  name: 'mvexpand',
  summary: 'Makes a result of every value of a multivalue field.',
  source: 'Search Reference: mvexpand',
  type: 'streaming',
  grammar: form({ field }, { options: { limit: integerOption } }),
  reads: (args) => [args.field],
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'expand',
    input,
    field: args.field.name,
    limit: args.options.limit ?? 0,
  }),
  examples: [
    {
      title: 'a row per value',
      spl: '| mvexpand v',
      input: [{ k: 1, v: ['a', 'b'] }],
      output: [
        { k: 1, v: 'a' },
        { k: 1, v: 'b' },
      ],
    },
  ],
});
