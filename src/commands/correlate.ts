// The correlate command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { choiceOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Finds how often fields occur together. */
export const correlate = defineCommand({
  name: 'correlate',
  summary: 'Finds how often fields occur together.',
  source: 'Search Reference: correlate',
  type: 'transforming',
  grammar: form({}, { options: { type: choiceOption('cocur') } }),
  readsAll: () => true,
  fields: () => ({ ...anyFields, known: new Set(['RowField']) }),
  plan: (_, input) => ({ op: 'apply', kind: 'rows', function: 'correlate', input, arguments: {} }),
  withoutEffect: { type: 'there is one kind of correlation, co-occurrence' },
  examples: [
    {
      title: 'results with both fields, as a share of those with either',
      spl: '| correlate',
      input: [{ user: 'ann', host: 'a' }, { user: 'bob', host: 'b' }, { host: 'b' }, { user: 'eve' }],
      output: [
        { RowField: 'host', host: 1, user: 0.5 },
        { RowField: 'user', host: 0.5, user: 1 },
      ],
    },
  ],
});
