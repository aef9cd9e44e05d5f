// The statistical function sum.

import { defineAggregate } from './aggregate.js';
import { Total } from './numeric.js';
import { SlidingTotal } from './sliding.js';

export const sum = defineAggregate<Total>({
  name: 'sum',
  summary: 'Adds the numbers of a field; text that is no number is passed over.',
  source: 'Aggregate functions',
  usage: 'sum(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Total(),
  add: (state, value) => state.add(value),
  sliding: () => new SlidingTotal(false),
  merge: (state, other) => state.merge(other),
  finish: (state) => (state.count === 0 ? null : state.sum),
  examples: [
    { aggregation: 'sum(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], result: 12 },
    {
      title: 'numbers as text',
      aggregation: 'sum(n)',
      input: [{ n: '1.5' }, { n: 'x' }, { n: '2' }],
      result: 3.5,
    },
    { title: 'no numbers', aggregation: 'sum(n)', input: [{ n: 'x' }], result: null },
  ],
});
