// The statistical function values.
import { fromValues } from '../runtime/multivalue.js';
import { defineAggregate } from './aggregate.js';
import { addDistinct, mergeDistinct } from './distinct.js';

const byCharacters = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const values = defineAggregate<Set<string>>({
  name: 'values',
  summary: 'Gives the distinct values of a field as a multivalue sorted by their characters.',
  source: 'Multivalue stats and chart functions',
  usage: 'values(<value>)',
  argument: 'required',
  values: 'any',
  start: () => new Set(),
  add: addDistinct,
  merge: mergeDistinct,
  finish: (state, scope) => {
    const sorted = Array.from(state).sort(byCharacters);
    const limit = scope?.valuesLimit ?? 0;
    return fromValues(limit > 0 ? sorted.slice(0, limit) : sorted);
  },
  examples: [
    { aggregation: 'values(x)', input: [{ x: 'c' }, { x: 'a' }, { x: 'c' }], result: ['a', 'c'] },
    {
      title: 'by characters, not as numbers',
      aggregation: 'values(x)',
      input: [{ x: 9 }, { x: 10 }, { x: 100 }],
      result: ['10', '100', '9'],
    },
    {
      title: 'each value of a multivalue',
      aggregation: 'values(x)',
      input: [{ x: ['c', 'a'] }, { x: ['a', 'b'] }],
      result: ['a', 'b', 'c'],
    },
  ],
});
