// The statistical function perc.

import { defineAggregate } from './aggregate.js';
import { Numbers } from './numeric.js';

export const perc = defineAggregate<Numbers>({
  name: 'perc',
  aliases: ['p', 'percentile'],
  summary: 'Gives a percentile of the numbers of a field; the number in the name says which.',
  source: 'Aggregate functions',
  usage: 'perc<percentile>(<value>)',
  argument: 'required',
  parameter: { min: 0, max: 100 },
  values: 'number',
  start: (parameter) => new Numbers(parameter ?? 50),
  add: (state, value) => state.add(value),
  finish: (state) => state.percentile(),
  differences: ['The percentile is exact for any number of values.'],
  examples: [
    { aggregation: 'perc95(y)', input: Array.from({ length: 10 }, (_, i) => ({ y: 10 - i })), result: 9.55 },
    { aggregation: 'perc50(y)', input: Array.from({ length: 10 }, (_, i) => ({ y: 10 - i })), result: 5.5 },
  ],
});
