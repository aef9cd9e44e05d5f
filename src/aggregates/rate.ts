// The statistical function rate.
import { toNumber } from '../runtime/number.js';
import { defineAggregate } from './aggregate.js';
import { Chronology } from './chronology.js';

export const rate = defineAggregate<Chronology>({
  name: 'rate',
  summary: 'Gives the change of a counter per second between its earliest and its latest value.',
  source: 'Time functions',
  usage: 'rate(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Chronology(),
  add: (state, value, time) => (Number.isNaN(toNumber(value)) ? state : state.add(value, time)),
  finish: (state) => {
    if (state.earliestTime === null || state.latestTime === null || state.latestTime === state.earliestTime)
      return null;
    return (toNumber(state.latest) - toNumber(state.earliest)) / (state.latestTime - state.earliestTime);
  },
  examples: [
    {
      aggregation: 'rate(c)',
      input: [
        { _time: 1000, c: 10 },
        { _time: 1060, c: 25 },
        { _time: 1100, c: 60 },
      ],
      result: 0.5,
    },
    { title: 'one event has no rate', aggregation: 'rate(c)', input: [{ _time: 1000, c: 10 }], result: null },
  ],
});
