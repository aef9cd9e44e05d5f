// The statistical function rate_sum.
import { toNumber } from '../runtime/number.js';
import { defineAggregate } from './aggregate.js';
import { Chronology } from './chronology.js';

export const rate_sum = defineAggregate<Chronology>({
  name: 'rate_sum',
  summary: 'Gives the sum of the rates of change of an accumulating metric.',
  source: 'Time functions',
  usage: 'rate_sum(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Chronology(),
  add: (state, value, time) => (Number.isNaN(toNumber(value)) ? state : state.add(value, time)),
  finish: (state) => {
    if (state.earliestTime === null || state.latestTime === null || state.latestTime === state.earliestTime)
      return null;
    return (toNumber(state.latest) - toNumber(state.earliest)) / (state.latestTime - state.earliestTime);
  },
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
