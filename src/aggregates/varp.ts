// The statistical function varp.

import { defineAggregate } from './aggregate.js';
import { Moments } from './numeric.js';

export const varp = defineAggregate<Moments>({
  name: 'varp',
  summary: 'Gives the population variance of the numbers of a field.',
  source: 'Aggregate functions',
  usage: 'varp(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Moments(),
  add: (state, value) => state.add(value),
  finish: (state) => (state.count > 0 ? state.squares / state.count : null),
  examples: [{ aggregation: 'varp(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], result: 8 / 3 }],
});
