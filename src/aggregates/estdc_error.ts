// The statistical function estdc_error.

import { defineAggregate } from './aggregate.js';

export const estdc_error = defineAggregate<number>({
  name: 'estdc_error',
  summary: 'Gives the error of estdc as a share of the count, which is none here.',
  source: 'Aggregate functions',
  usage: 'estdc_error(<value>)',
  argument: 'required',
  values: 'any',
  start: () => 0,
  add: (state) => state,
  finish: (state) => state,
  differences: ['estdc is exact, so the error is always 0.'],
  examples: [{ aggregation: 'estdc_error(host)', input: [{ host: 'a' }], result: 0 }],
});
