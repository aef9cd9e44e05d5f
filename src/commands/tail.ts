// The tail command.

import { form } from '../syntax/grammar.js';
import { optionalCount } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Keeps the last results, in reverse order. */
export const tail = defineCommand({
  name: 'tail',
  summary: 'Keeps the last results, in reverse order.',
  source: 'Search Reference: tail',
  type: 'dataset processing',
  grammar: form({ count: optionalCount }),
  fields: (_, input) => input,
  plan: (args, input) => ({ op: 'limit', input, count: args.count ?? 10, from: 'end' }),
  examples: [{ title: 'the last row', spl: '| tail 1', input: [{ n: 1 }, { n: 2 }], output: [{ n: 2 }] }],
});
