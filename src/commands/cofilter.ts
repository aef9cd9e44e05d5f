// The cofilter command.
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Counts how many users have each two items. */
export const cofilter = defineCommand({
  name: 'cofilter',
  summary: 'Counts how many users have each two items.',
  source: 'Search Reference: cofilter',
  type: 'transforming',
  grammar: form({ user: field, item: field }, {}),
  reads: (args) => [args.user, args.item],
  fields: () => closedFields(['Item 1', 'Item 1 user count', 'Item 2', 'Item 2 user count', 'Pair count']),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'cofilter',
    input,
    arguments: { user: args.user.name, item: args.item.name },
  }),
  examples: [
    {
      title: 'files that several users opened',
      spl: '| cofilter user file',
      input: [
        { user: 'ann', file: 'a' },
        { user: 'bob', file: 'b' },
        { user: 'ann', file: 'b' },
        { user: 'ann', file: 'b' },
      ],
      output: [
        { 'Item 1': 'a', 'Item 1 user count': 1, 'Item 2': 'b', 'Item 2 user count': 2, 'Pair count': 1 },
      ],
    },
  ],
});
