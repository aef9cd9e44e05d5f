// The statistical function upperperc.

import { defineAggregate } from './aggregate.js';
import { Numbers } from './numeric.js';

export const upperperc = defineAggregate<Numbers>({
  name: 'upperperc',
  summary: 'Gives an upper bound of a percentile of the numbers of a field; here the exact percentile.',
  source: 'Aggregate functions',
  usage: 'upperperc<percentile>(<value>)',
  argument: 'required',
  parameter: { min: 0, max: 100 },
  values: 'number',
  start: (parameter) => new Numbers(parameter ?? 50),
  add: (state, value) => state.add(value),
  finish: (state) => state.percentile(),
  differences: ['The percentile is exact for any number of values.'],
  examples: [
    {
      aggregation: 'upperperc95(y)',
      input: Array.from({ length: 10 }, (_, i) => ({ y: 10 - i })),
      result: 9.55,
    },
    {
      aggregation: 'upperperc50(y)',
      input: Array.from({ length: 10 }, (_, i) => ({ y: 10 - i })),
      result: 5.5,
    },
  ],
});
