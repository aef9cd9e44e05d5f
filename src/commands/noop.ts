// The noop command.
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Changes settings of the search without touching results. */
export const noop = defineCommand({
  name: 'noop',
  summary: 'Changes settings of the search without touching results.',
  source: 'Search Reference: noop',
  type: 'streaming',
  grammar: text,
  fields: (_, input) => input,
  plan: (_args, input) => input,
  examples: [
    {
      title: 'results stay as they are',
      spl: '| noop',
      input: [{ a: 1 }],
      output: [{ a: 1 }],
    },
  ],
});
