// The statistical function last.
import { ownValue } from '../runtime/own-text.js';
import type { FieldValue } from '../runtime/value.js';
import { defineAggregate } from './aggregate.js';
import { SlidingEnd } from './sliding-values.js';

export const last = defineAggregate<FieldValue>({
  name: 'last',
  summary: 'Gives the value of a field in the last event seen that has it.',
  source: 'Event order functions',
  usage: 'last(<value>)',
  argument: 'required',
  values: 'any',
  start: () => null,
  add: (state, value) => (value === null || value === false ? state : ownValue(value)),
  sliding: () => new SlidingEnd(true),
  finish: (state) => state,
  examples: [{ aggregation: 'last(u)', input: [{ u: 'x' }, { u: 'y' }, { a: 1 }], result: 'y' }],
});
