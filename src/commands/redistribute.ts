// The redistribute command.
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Spreads work over the indexers. */
export const redistribute = defineCommand({
  name: 'redistribute',
  summary: 'Spreads work over the indexers.',
  source: 'Search Reference: redistribute',
  type: 'streaming',
  grammar: text,
  fields: (_, input) => input,
  plan: (_args, input) => input,
  examples: [
    {
      title: 'results stay as they are',
      spl: '| redistribute by host',
      input: [{ host: 'a' }],
      output: [{ host: 'a' }],
    },
  ],
});
