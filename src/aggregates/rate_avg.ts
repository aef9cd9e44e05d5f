// The statistical function rate_avg.
import { defineAggregate } from './aggregate.js';
import { Counter } from './chronology.js';

export const rate_avg = defineAggregate<Counter>({
  name: 'rate_avg',
  summary: 'Gives the average rate of change of an accumulating metric.',
  source: 'Time functions',
  usage: 'rate_avg(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Counter(),
  add: (state, value, time) => state.add(value, time),
  finish: (state) => state.rate(),
  differences: ['All events of a group count as one time series.'],
  examples: [
    {
      aggregation: 'rate_avg(c)',
      input: [
        { _time: 1000, c: 10 },
        { _time: 1060, c: 25 },
        { _time: 1100, c: 60 },
      ],
      result: 0.5,
    },
    {
      title: 'one event has no rate',
      aggregation: 'rate_avg(c)',
      input: [{ _time: 1000, c: 10 }],
      result: null,
    },
  ],
});
