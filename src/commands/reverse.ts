// The reverse command.
import { nothing } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Turns the order of results round. */
export const reverse = defineCommand({
  name: 'reverse',
  summary: 'Turns the order of results round.',
  source: 'Search Reference: reverse',
  type: 'dataset processing',
  grammar: nothing,
  fields: (_, input) => input,
  plan: (_, input) => ({ op: 'sort', input, keys: [], limit: 0, reverse: true }),
  examples: [
    {
      title: 'the other way round',
      spl: '| reverse',
      input: [{ n: 1 }, { n: 2 }],
      output: [{ n: 2 }, { n: 1 }],
    },
  ],
});
