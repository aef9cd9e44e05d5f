// The statistical function stdevp.

import { defineAggregate } from './aggregate.js';
import { Moments } from './numeric.js';

export const stdevp = defineAggregate<Moments>({
  name: 'stdevp',
  summary: 'Gives the population standard deviation of the numbers of a field.',
  source: 'Aggregate functions',
  usage: 'stdevp(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Moments(),
  add: (state, value) => state.add(value),
  finish: (state) => (state.count > 0 ? Math.sqrt(state.squares / state.count) : null),
  examples: [{ aggregation: 'stdevp(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], result: Math.sqrt(8 / 3) }],
});
