// The mvcombine command.

import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Joins results that differ in one field only into one with a multivalue field. */
export const mvcombine = defineCommand({
  name: 'mvcombine',
  summary: 'Joins results that differ in one field only into one with a multivalue field.',
  source: 'Search Reference: mvcombine',
  type: 'transforming',
  grammar: form({ field }, { options: { delim: textOption } }),
  reads: (args) => [args.field],
  readsAll: () => true,
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'mvcombine',
    input,
    arguments: {
      field: args.field.name,
      ...(args.options.delim === undefined ? {} : { delimiter: args.options.delim }),
    },
  }),
  examples: [
    {
      title: 'rows that differ in one field',
      spl: '| mvcombine host',
      input: [
        { k: 'a', host: 'h1' },
        { k: 'a', host: 'h2' },
      ],
      output: [{ k: 'a', host: ['h1', 'h2'] }],
    },
  ],
});
