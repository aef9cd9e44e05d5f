// The nomv command.

import type { Operator } from '../plan/operator.js';
import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/**
 * What joins the values: the delimiter of the mvcombine that made them, a space unless given (mvcombine, Usage), or
 * the `delim` of a stats with list() or values(); commands between that leave the field alone do not matter.
 */
function separatorOf(input: Operator, name: string): string | undefined {
  switch (input.op) {
    case 'mark':
    case 'filter':
    case 'project':
    case 'sort':
    case 'limit':
      return separatorOf(input.input, name);
    case 'extend':
      return input.fields.some((field) => field.name === name || field.dynamicName)
        ? undefined
        : separatorOf(input.input, name);
    case 'aggregate':
      return input.aggregations.some(
        (item) => item.as === name && (item.function === 'list' || item.function === 'values'),
      )
        ? input.delimiter
        : undefined;
    case 'apply': {
      if (input.function !== 'mvcombine' || input.arguments['field'] !== name) return undefined;
      const { delimiter } = input.arguments;
      return typeof delimiter === 'string' ? delimiter : ' ';
    }
    default:
      return undefined;
  }
}

/** Joins the values of a multivalue field with line breaks, or with the delimiter that they were made with. */
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
