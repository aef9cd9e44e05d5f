// The statistical function per_hour.

import { defineAggregate } from './aggregate.js';
import { Total } from './numeric.js';
import { perUnit } from './per-unit.js';

export const per_hour = defineAggregate<Total>({
  name: 'per_hour',
  summary: 'Gives the sum of a field per hour of the time bucket.',
  source: 'Time functions',
  usage: 'per_hour(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Total(),
  add: (state, value) => state.add(value),
  finish: (state, scope) => perUnit(state, 3600, scope),
  examples: [{ aggregation: 'per_hour(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], span: 10800, result: 4 }],
});
