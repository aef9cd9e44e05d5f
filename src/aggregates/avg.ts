// The statistical function avg.

import { defineAggregate } from './aggregate.js';
import { Total } from './numeric.js';
import { SlidingTotal } from './sliding.js';

export const avg = defineAggregate<Total>({
  name: 'avg',
  aliases: ['mean'],
  summary: 'Gives the average of the numbers of a field.',
  source: 'Aggregate functions',
  usage: 'avg(<value>) or mean(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Total(),
  add: (state, value) => state.add(value),
  sliding: () => new SlidingTotal(true),
  merge: (state, other) => state.merge(other),
  finish: (state) => (state.count === 0 ? null : state.sum / state.count),
  examples: [
    { aggregation: 'avg(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], result: 4 },
    {
      title: 'text is passed over',
      aggregation: 'avg(age)',
      input: [{ age: 25 }, { age: 31 }, { age: 'test' }],
      result: 28,
    },
  ],
});
