// The localop command.
import { nothing } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Runs what follows on the search head. */
export const localop = defineCommand({
  name: 'localop',
  summary: 'Runs what follows on the search head.',
  source: 'Search Reference: localop',
  type: 'streaming',
  grammar: nothing,
  fields: (_, input) => input,
  plan: (_args, input) => input,
  examples: [
    {
      title: 'results stay as they are',
      spl: '| localop',
      input: [{ a: 1 }],
      output: [{ a: 1 }],
    },
  ],
});
