// The statistical function max.

import { Extreme } from '../runtime/extreme.js';
import { defineAggregate } from './aggregate.js';
import { SlidingExtreme } from './sliding-values.js';

export const max = defineAggregate<Extreme>({
  name: 'max',
  summary: 'Gives the largest value of a field: numbers by value, other text by its characters.',
  source: 'Aggregate functions',
  usage: 'max(<value>)',
  argument: 'required',
  values: 'any',
  start: () => new Extreme(),
  add: (state, value) => state.add(value),
  merge: (state, other) => state.merge(other),
  sliding: () => new SlidingExtreme('max'),
  finish: (state) => (state.last !== null ? state.last : state.numbers > 0 ? state.highest : null),
  examples: [
    { aggregation: 'max(n)', input: [{ n: '9' }, { n: '10' }], result: 10 },
    {
      title: 'text after numbers',
      aggregation: 'max(n)',
      input: [{ n: 3 }, { n: 'maria' }, { n: '10' }],
      result: 'maria',
    },
    { title: 'no value', aggregation: 'max(n)', input: [{ a: 1 }], result: null },
  ],
});
