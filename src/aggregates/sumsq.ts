// The statistical function sumsq.
import { valuesOf } from '../runtime/multivalue.js';
import { toNumber } from '../runtime/number.js';
import { defineAggregate } from './aggregate.js';
import { Total } from './numeric.js';

export const sumsq = defineAggregate<Total>({
  name: 'sumsq',
  summary: 'Adds the squares of the numbers of a field.',
  source: 'Aggregate functions',
  usage: 'sumsq(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Total(),
  add: (state, value) => {
    for (const item of valuesOf(value)) {
      const number = toNumber(item);
      if (!Number.isNaN(number)) state.add(number * number);
    }
    return state;
  },
  finish: (state) => (state.count === 0 ? null : state.sum),
  examples: [
    { aggregation: 'sumsq(n)', input: [{ n: 2 }, { n: 4 }, { n: 6 }], result: 56 },
    { title: 'text is passed over', aggregation: 'sumsq(n)', input: [{ n: 'x' }, { n: '3' }], result: 9 },
  ],
});
