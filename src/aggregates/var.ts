// The statistical function var.

import { defineAggregate } from './aggregate.js';
import { Moments } from './numeric.js';

export const varAggregate = defineAggregate<Moments>({
  name: 'var',
  summary: 'Gives the sample variance of the numbers of a field.',
  source: 'Aggregate functions',
  usage: 'var(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Moments(),
  add: (state, value) => state.add(value),
  finish: (state) => (state.count > 1 ? state.squares / (state.count - 1) : state.count === 1 ? 0 : null),
  examples: [
    { aggregation: 'var(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], result: 4 },
    { title: 'one value', aggregation: 'var(n)', input: [{ n: 5 }], result: 0 },
  ],
});
