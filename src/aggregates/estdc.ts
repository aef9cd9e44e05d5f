// The statistical function estdc.

import { defineAggregate } from './aggregate.js';
import { addDistinct, mergeDistinct } from './distinct.js';

export const estdc = defineAggregate<Set<string>>({
  name: 'estdc',
  summary: 'Counts the distinct values of a field; where Splunk estimates, this is exact.',
  source: 'Aggregate functions',
  usage: 'estdc(<value>)',
  argument: 'required',
  values: 'any',
  start: () => new Set(),
  add: addDistinct,
  merge: mergeDistinct,
  finish: (state) => state.size,
  differences: ['The count is exact.'],
  examples: [{ aggregation: 'estdc(host)', input: [{ host: 'a' }, { host: 'b' }, { host: 'a' }], result: 2 }],
});
