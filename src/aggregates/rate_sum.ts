// The statistical function rate_sum.
import { defineAggregate } from './aggregate.js';
import { Counter } from './chronology.js';

export const rate_sum = defineAggregate<Counter>({
  name: 'rate_sum',
  summary: 'Gives the sum of the rates of change of an accumulating metric.',
  source: 'Time functions',
  usage: 'rate_sum(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Counter(),
  add: (state, value, time) => state.add(value, time),
  finish: (state) => state.rate(),
  differences: ['All events of a group count as one time series.'],
  examples: [
    {
      aggregation: 'rate_sum(c)',
      input: [
        { _time: 1000, c: 10 },
        { _time: 1060, c: 25 },
        { _time: 1100, c: 60 },
      ],
      result: 0.5,
    },
    {
      title: 'one event has no rate',
      aggregation: 'rate_sum(c)',
      input: [{ _time: 1000, c: 10 }],
      result: null,
    },
  ],
});
