// The filldown command.

import { namesOf } from '../plan/aggregation.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Fills fields without value with the last value before. */
export const filldown = defineCommand({
  name: 'filldown',
  summary: 'Fills fields without value with the last value before.',
  source: 'Search Reference: filldown',
  type: 'streaming',
  grammar: form({ fields: fieldList({ minimum: 0 }) }),
  reads: (args) => args.fields,
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'filldown',
    input,
    arguments: { fields: namesOf(args.fields) },
  }),
  examples: [
    {
      title: 'the last value again',
      spl: '| filldown user',
      input: [{ user: 'ann', n: 1 }, { n: 2 }],
      output: [
        { user: 'ann', n: 1 },
        { n: 2, user: 'ann' },
      ],
    },
  ],
});
