// The statistical function dc.

import { defineAggregate } from './aggregate.js';
import { addDistinct, mergeDistinct } from './distinct.js';
import { SlidingDistinct } from './sliding-values.js';

export const dc = defineAggregate<Set<string>>({
  name: 'dc',
  aliases: ['distinct_count'],
  summary: 'Counts the distinct values of a field.',
  source: 'Aggregate functions',
  usage: 'dc(<value>) or distinct_count(<value>)',
  argument: 'required',
  values: 'any',
  start: () => new Set(),
  add: addDistinct,
  merge: mergeDistinct,
  sliding: () => new SlidingDistinct(),
  finish: (state) => state.size,
  examples: [
    { aggregation: 'dc(host)', input: [{ host: 'a' }, { host: 'b' }, { host: 'a' }], result: 2 },
    { title: 'case matters', aggregation: 'dc(host)', input: [{ host: 'a' }, { host: 'A' }], result: 2 },
    {
      title: 'each value of a multivalue',
      aggregation: 'dc(x)',
      input: [{ x: ['c', 'a'] }, { x: ['a', 'b'] }],
      result: 3,
    },
  ],
});
