// The statistical function count.

import { defineAggregate } from './aggregate.js';
import { SlidingCount } from './sliding.js';

export const count = defineAggregate<number>({
  name: 'count',
  aliases: ['c'],
  summary: 'Counts events, or the values of a field, or how often a condition holds.',
  source: 'Aggregate functions',
  usage: 'count(<value>) or c(<value>)',
  argument: 'optional',
  values: 'any',
  start: () => 0,
  add: (state, value) => {
    if (typeof value === 'object' && value !== null) return state + value.length;
    return value === false ? state : state + 1;
  },
  sliding: () =>
    new SlidingCount((value) => {
      if (typeof value === 'object' && value !== null) return value.length;
      return value === false ? 0 : 1;
    }),
  merge: (state, other) => state + other,
  finish: (state) => state,
  examples: [
    { aggregation: 'count', input: [{ a: 1 }, { b: 1 }], result: 2 },
    { aggregation: 'count(a)', input: [{ a: 1 }, { b: 1 }, { a: 'x' }], result: 2 },
    {
      title: 'each value of a multivalue',
      aggregation: 'count(a)',
      input: [{ a: ['x', 'y'] }, { a: 'z' }],
      result: 3,
    },
  ],
});
