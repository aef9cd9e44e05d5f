// The mvexpand command.

import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Makes a result of every value of a multivalue field. */
export const mvexpand = defineCommand({
  name: 'mvexpand',
  summary: 'Makes a result of every value of a multivalue field.',
  source: 'Search Reference: mvexpand',
  type: 'streaming',
  grammar: form({ field }, { options: { limit: integerOption } }),
  check(args, { command, report }) {
    const { limit = 0 } = args.options;
    if (limit < 0)
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: `"mvexpand" takes a limit of 0 or more, found ${limit}`,
        span: command.span,
      });
  },
  reads: (args) => [args.field],
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'expand',
    input,
    field: args.field.name,
    limit: args.options.limit ?? 0,
  }),
  examples: [
    {
      title: 'a row per value',
      spl: '| mvexpand v',
      input: [{ k: 1, v: ['a', 'b'] }],
      output: [
        { k: 1, v: 'a' },
        { k: 1, v: 'b' },
      ],
    },
  ],
});
