// The statistical function per_second.

import { defineAggregate } from './aggregate.js';
import { Total } from './numeric.js';
import { perUnit } from './per-unit.js';

export const per_second = defineAggregate<Total>({
  name: 'per_second',
  summary: 'Gives the sum of a field per second of the time bucket.',
  source: 'Time functions',
  usage: 'per_second(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Total(),
  add: (state, value) => state.add(value),
  finish: (state, scope) => perUnit(state, 1, scope),
  examples: [{ aggregation: 'per_second(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], span: 3, result: 4 }],
});
