// The tail command.

import { form } from '../syntax/grammar.js';
import { optionalInteger } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Keeps the last results, in reverse order. */
export const tail = defineCommand({
  name: 'tail',
  summary: 'Keeps the last results, in reverse order.',
  source: 'Search Reference: tail',
  type: 'dataset processing',
  grammar: form({ count: optionalInteger }),
  check(args, { command, report }) {
    if ((args.count ?? 0) < 0)
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: `"tail" takes a count of 0 or more, found ${args.count}`,
        span: command.span,
      });
  },
  fields: (_, input) => input,
  plan: (args, input) => ({ op: 'limit', input, count: args.count ?? 10, from: 'end' }),
  examples: [{ title: 'the last row', spl: '| tail 1', input: [{ n: 1 }, { n: 2 }], output: [{ n: 2 }] }],
});
