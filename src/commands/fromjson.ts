// The fromjson command.

import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Turns the members of a JSON object into fields. */
export const fromjson = defineCommand({
  name: 'fromjson',
  summary: 'Turns the members of a JSON object into fields.',
  source: 'Search Reference: fromjson',
  type: 'streaming',
  grammar: form({ field }, { options: { prefix: textOption } }),
  reads: (args) => [args.field],
  fields: (_, input) => ({ ...input, closed: false, removed: new Set() }),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'row',
    function: 'fromjson',
    input,
    arguments: { field: args.field.name, prefix: args.options.prefix ?? '' },
    reads: [args.field.name],
  }),
  examples: [
    {
      title: 'members as fields',
      spl: '| fromjson j',
      input: [{ j: '{"user":"ann","n":1}' }],
      output: [{ j: '{"user":"ann","n":1}', user: 'ann', n: 1 }],
    },
  ],
});
