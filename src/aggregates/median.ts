// The statistical function median.

import { defineAggregate } from './aggregate.js';
import { Numbers } from './numeric.js';

export const median = defineAggregate<Numbers>({
  name: 'median',
  summary:
    'Gives the middle of the numbers of a field in order; of an even number of them the higher of the two.',
  source: 'Aggregate functions',
  usage: 'median(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Numbers(50),
  add: (state, value) => state.add(value),
  finish: (state) => {
    const values = state.inOrder();
    return values.length === 0 ? null : (values[Math.floor(values.length / 2)] as number);
  },
  examples: [
    { aggregation: 'median(n)', input: [{ n: 5 }, { n: 1 }, { n: 3 }], result: 3 },
    {
      title: 'an even number of values',
      aggregation: 'median(n)',
      input: [{ n: 4 }, { n: 1 }, { n: 3 }, { n: 2 }],
      result: 3,
    },
  ],
});
