// The xmlunescape command.

import { form } from '../syntax/grammar.js';
import { integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Decodes XML entities in all fields. */
export const xmlunescape = defineCommand({
  name: 'xmlunescape',
  summary: 'Decodes XML entities in all fields.',
  source: 'Search Reference: xmlunescape',
  type: 'streaming',
  grammar: form({}, { options: { maxinputs: integerOption } }),
  fields: (_, input) => input,
  plan: (_args, input) => ({
    op: 'apply',
    kind: 'values',
    function: 'xmlunescape',
    input,
    arguments: {},
    reads: ['_raw'],
    writes: ['_raw'],
  }),
  withoutEffect: {
    maxinputs: 'it splits the work, not the results',
  },
  examples: [
    {
      title: 'entities become characters',
      spl: '| xmlunescape',
      input: [{ _raw: 'a &lt; b &amp; c' }],
      output: [{ _raw: 'a < b & c' }],
    },
  ],
});
