// The statistical function list.

import { fromValues, pushValue } from '../runtime/multivalue.js';
import { ownValue } from '../runtime/own-text.js';
import type { Scalar } from '../runtime/value.js';
import { defineAggregate } from './aggregate.js';

const mostKept = 10_000;

export const list = defineAggregate<Scalar[]>({
  name: 'list',
  summary: 'Gives the values of a field in the order of the events, 100 at most.',
  source: 'Multivalue stats and chart functions',
  usage: 'list(<value>)',
  argument: 'required',
  values: 'any',
  start: () => [],
  add: (state, value) => {
    // no limit that finish could be asked for is larger
    if (value !== false && state.length < mostKept) pushValue(state, ownValue(value));
    return state;
  },
  finish: (state, scope) => {
    const limit = scope?.listLimit ?? 100;
    return fromValues(limit > 0 && state.length > limit ? state.slice(0, limit) : [...state]);
  },
  examples: [
    { aggregation: 'list(x)', input: [{ x: 'c' }, { x: 'a' }, { x: 'c' }], result: ['c', 'a', 'c'] },
    {
      title: 'the first hundred',
      aggregation: 'list(x)',
      input: Array.from({ length: 120 }, (_, i) => ({ x: i })),
      result: Array.from({ length: 100 }, (_, i) => i),
    },
  ],
});
