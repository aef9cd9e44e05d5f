// The statistical function range.

import { Extreme } from '../runtime/extreme.js';
import { defineAggregate } from './aggregate.js';
import { SlidingExtreme } from './sliding-values.js';

export const range = defineAggregate<Extreme>({
  name: 'range',
  summary: 'Gives the difference between the largest and the smallest number of a field.',
  source: 'Aggregate functions',
  usage: 'range(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Extreme(),
  add: (state, value) => state.add(value),
  merge: (state, other) => state.merge(other),
  sliding: () => new SlidingExtreme('range'),
  finish: (state) => (state.numbers > 0 ? state.highest - state.lowest : null),
  examples: [{ aggregation: 'range(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], result: 4 }],
});
