// The selfjoin command.

import { namesOf } from '../plan/aggregation.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Joins results with each other by fields. */
export const selfjoin = defineCommand({
  name: 'selfjoin',
  summary: 'Joins results with each other by fields.',
  source: 'Search Reference: selfjoin',
  type: 'dataset processing',
  grammar: form(
    { fields: fieldList() },
    { options: { overwrite: booleanOption, max: integerOption, keepsingle: booleanOption } },
  ),
  reads: (args) => args.fields,
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'selfjoin',
    input,
    arguments: {
      fields: namesOf(args.fields),
      max: args.options.max ?? 1,
      overwrite: args.options.overwrite ?? true,
      keepSingle: args.options.keepsingle ?? false,
    },
  }),
  examples: [
    {
      title: 'rows of one user put together',
      spl: '| selfjoin user',
      input: [
        { user: 'ann', ip: '10.0.0.1' },
        { user: 'ann', port: 22 },
        { user: 'bob', port: 80 },
      ],
      output: [{ user: 'ann', ip: '10.0.0.1', port: 22 }],
    },
  ],
});
