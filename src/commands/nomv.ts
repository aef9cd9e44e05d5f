// The nomv command.

import type { Operator } from '../plan/operator.js';
import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Right behind mvcombine the values are joined with its delimiter, a space unless given (mvcombine, Usage). */
function separatorOf(input: Operator, name: string): string | undefined {
  if (input.op !== 'apply' || input.function !== 'mvcombine' || input.arguments['field'] !== name)
    return undefined;
  const { delimiter } = input.arguments;
  return typeof delimiter === 'string' ? delimiter : ' ';
}

/** Joins the values of a multivalue field with line breaks, or with the delimiter of the mvcombine before it. */
export const nomv = defineCommand({
  name: 'nomv',
  summary: 'Joins the values of a multivalue field with line breaks.',
  source: 'Search Reference: nomv',
  type: 'streaming',
  grammar: form({ field }),
  reads: (args) => [args.field],
  fields: (_, input) => input,
  plan: (args, input) => {
    const separator = separatorOf(input, args.field.name);
    return {
      op: 'apply',
      kind: 'values',
      function: 'nomv',
      input,
      arguments: separator === undefined ? {} : { separator },
      reads: [args.field.name],
      writes: [args.field.name],
    };
  },
  examples: [
    { title: 'values as one text', spl: '| nomv v', input: [{ v: ['a', 'b'] }], output: [{ v: 'a\nb' }] },
  ],
});
