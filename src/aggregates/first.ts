// The statistical function first.
import { ownValue } from '../runtime/own-text.js';
import type { FieldValue } from '../runtime/value.js';
import { defineAggregate } from './aggregate.js';
import { SlidingEnd } from './sliding-values.js';

export const first = defineAggregate<FieldValue>({
  name: 'first',
  summary: 'Gives the value of a field in the first event seen that has it.',
  source: 'Event order functions',
  usage: 'first(<value>)',
  argument: 'required',
  values: 'any',
  start: () => null,
  add: (state, value) => (state === null && value !== false ? ownValue(value) : state),
  sliding: () => new SlidingEnd(false),
  finish: (state) => state,
  examples: [{ aggregation: 'first(u)', input: [{ a: 1 }, { u: 'x' }, { u: 'y' }], result: 'x' }],
});
