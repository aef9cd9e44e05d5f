// The statistical function per_day.

import { defineAggregate } from './aggregate.js';
import { Total } from './numeric.js';
import { perUnit } from './per-unit.js';

export const per_day = defineAggregate<Total>({
  name: 'per_day',
  summary: 'Gives the sum of a field per day of the time bucket.',
  source: 'Time functions',
  usage: 'per_day(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Total(),
  add: (state, value) => state.add(value),
  finish: (state, scope) => perUnit(state, 86400, scope),
  examples: [{ aggregation: 'per_day(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], span: 259200, result: 4 }],
});
