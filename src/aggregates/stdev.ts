// The statistical function stdev.

import { defineAggregate } from './aggregate.js';
import { Moments } from './numeric.js';

export const stdev = defineAggregate<Moments>({
  name: 'stdev',
  summary: 'Gives the sample standard deviation of the numbers of a field.',
  source: 'Aggregate functions',
  usage: 'stdev(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Moments(),
  add: (state, value) => state.add(value),
  finish: (state) =>
    state.count > 1 ? Math.sqrt(state.squares / (state.count - 1)) : state.count === 1 ? 0 : null,
  examples: [
    { aggregation: 'stdev(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], result: 2 },
    { title: 'one value', aggregation: 'stdev(n)', input: [{ n: 5 }], result: 0 },
  ],
});
