// The xmlkv command.

import { form } from '../syntax/grammar.js';
import { optionalField } from '../syntax/grammar-parts.js';
import { integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Extracts a field from every element of XML. */
export const xmlkv = defineCommand({
  name: 'xmlkv',
  summary: 'Extracts a field from every element of XML.',
  source: 'Search Reference: xmlkv',
  type: 'streaming',
  grammar: form({ field: optionalField() }, { options: { maxinputs: integerOption } }),
  fields: (_, input) => ({ ...input, closed: false, removed: new Set() }),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'row',
    function: 'xmlkv',
    input,
    arguments: { field: args.field?.name ?? '_raw' },
    reads: [args.field?.name ?? '_raw'],
  }),
  withoutEffect: {
    maxinputs: 'it splits the work, not the results',
  },
  examples: [
    {
      title: 'elements as fields',
      spl: '| xmlkv',
      input: [{ _raw: '<user>ann</user>' }],
      output: [{ _raw: '<user>ann</user>', user: 'ann' }],
    },
  ],
});
