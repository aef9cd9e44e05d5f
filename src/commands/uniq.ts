// The uniq command.
import { nothing } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Removes results equal to the one before. */
export const uniq = defineCommand({
  name: 'uniq',
  summary: 'Removes results equal to the one before.',
  source: 'Search Reference: uniq',
  type: 'streaming',
  grammar: nothing,
  readsAll: () => true,
  fields: (_, input) => input,
  plan: (_args, input) => ({ op: 'apply', kind: 'rows', function: 'uniq', input, arguments: {} }),
  examples: [
    {
      title: 'repeated rows once',
      spl: '| uniq',
      input: [{ n: 1 }, { n: 1 }, { n: 2 }],
      output: [{ n: 1 }, { n: 2 }],
    },
  ],
});
