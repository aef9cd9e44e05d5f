// The statistical function exactperc.

import { defineAggregate } from './aggregate.js';
import { Numbers } from './numeric.js';

export const exactperc = defineAggregate<Numbers>({
  name: 'exactperc',
  summary: 'Gives an exact percentile of the numbers of a field.',
  source: 'Aggregate functions',
  usage: 'exactperc<percentile>(<value>)',
  argument: 'required',
  parameter: { min: 0, max: 100 },
  values: 'number',
  start: (parameter) => new Numbers(parameter ?? 50),
  add: (state, value) => state.add(value),
  finish: (state) => state.percentile(),
  examples: [
    {
      aggregation: 'exactperc95(y)',
      input: Array.from({ length: 10 }, (_, i) => ({ y: 10 - i })),
      result: 9.55,
    },
    {
      aggregation: 'exactperc50(y)',
      input: Array.from({ length: 10 }, (_, i) => ({ y: 10 - i })),
      result: 5.5,
    },
  ],
});
