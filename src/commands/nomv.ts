// The nomv command.

import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Joins the values of a multivalue field with line breaks. */
export const nomv = defineCommand({
  name: 'nomv',
  summary: 'Joins the values of a multivalue field with line breaks.',
  source: 'Search Reference: nomv',
  type: 'streaming',
  grammar: form({ field }),
  reads: (args) => [args.field],
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'apply',
    kind: 'values',
    function: 'nomv',
    input,
    arguments: {},
    reads: [args.field.name],
    writes: [args.field.name],
  }),
  examples: [
    { title: 'values as one text', spl: '| nomv v', input: [{ v: ['a', 'b'] }], output: [{ v: 'a\nb' }] },
  ],
});
