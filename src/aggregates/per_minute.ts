// The statistical function per_minute.

import { defineAggregate } from './aggregate.js';
import { Total } from './numeric.js';
import { perUnit } from './per-unit.js';

export const per_minute = defineAggregate<Total>({
  name: 'per_minute',
  summary: 'Gives the sum of a field per minute of the time bucket.',
  source: 'Time functions',
  usage: 'per_minute(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Total(),
  add: (state, value) => state.add(value),
  finish: (state, scope) => perUnit(state, 60, scope),
  examples: [{ aggregation: 'per_minute(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], span: 180, result: 4 }],
});
