// The statistical function min.

import { Extreme } from '../runtime/extreme.js';
import { defineAggregate } from './aggregate.js';
import { SlidingExtreme } from './sliding-values.js';

export const min = defineAggregate<Extreme>({
  name: 'min',
  summary: 'Gives the smallest value of a field: numbers by value, other text by its characters.',
  source: 'Aggregate functions',
  usage: 'min(<value>)',
  argument: 'required',
  values: 'any',
  start: () => new Extreme(),
  add: (state, value) => state.add(value),
  merge: (state, other) => state.merge(other),
  sliding: () => new SlidingExtreme('min'),
  finish: (state) => (state.numbers > 0 ? state.lowest : state.first),
  examples: [
    { aggregation: 'min(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], result: 2 },
    {
      title: 'numbers before text',
      aggregation: 'min(n)',
      input: [{ n: 3 }, { n: 'maria' }, { n: '10' }],
      result: 3,
    },
    { title: 'text', aggregation: 'min(u)', input: [{ u: 'bob' }, { u: 'Amy' }], result: 'Amy' },
  ],
});
