// The sort command.

import { plannedSortKeys } from '../plan/sort-keys.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { optionalInteger } from '../syntax/grammar-parts.js';
import { sortDirections, sortKeys } from '../syntax/grammar-special.js';
import { integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** `d` or `desc` behind the keys turns the whole order round. */
const reverse: Part<boolean> = {
  usage: '[d]',
  parse(parser) {
    const word = parser.oneOf(sortDirections);
    return word === 'D' || word === 'DESC';
  },
  print: (value) => (value ? 'd' : ''),
};

/** Orders results by fields. */
export const sortCommand = defineCommand({
  name: 'sort',
  summary: 'Orders results by fields.',
  source: 'Search Reference: sort',
  type: 'dataset processing',
  grammar: form({ count: optionalInteger, keys: sortKeys, reverse }, { options: { limit: integerOption } }),
  reads: (args) => args.keys.map((key) => key.field),
  fields: (_, input) => input,
  plan: (args, input) => {
    const count = args.options.limit ?? args.count;
    return {
      op: 'sort',
      input,
      keys: plannedSortKeys(args.keys, args.reverse),
      limit: count ?? 0,
      ...(count === undefined ? { limitName: 'sort.limit' } : {}),
    };
  },
  examples: [
    {
      title: 'largest first',
      spl: '| sort - n',
      input: [{ n: '9' }, { n: '10' }],
      output: [{ n: '10' }, { n: '9' }],
    },
    {
      title: 'a sign before a blank holds for the fields behind it',
      spl: '| sort - a b, +c',
      input: [
        { a: 1, b: 1, c: 1 },
        { a: 2, b: 1, c: 2 },
        { a: 2, b: 1, c: 1 },
        { a: 2, b: 2, c: 1 },
      ],
      output: [
        { a: 2, b: 2, c: 1 },
        { a: 2, b: 1, c: 1 },
        { a: 2, b: 1, c: 2 },
        { a: 1, b: 1, c: 1 },
      ],
    },
  ],
});
