// The statistical function rate.
import { defineAggregate } from './aggregate.js';
import { Counter } from './chronology.js';

export const rate = defineAggregate<Counter>({
  name: 'rate',
  summary: 'Gives the change of a counter per second between its earliest and its latest value.',
  source: 'Time functions',
  usage: 'rate(<value>)',
  argument: 'required',
  values: 'number',
  start: () => new Counter(),
  add: (state, value, time) => state.add(value, time),
  finish: (state) => state.rate(),
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
    {
      title: 'a counter that was reset',
      aggregation: 'rate(c)',
      input: [
        { _time: 0, c: 10 },
        { _time: 50, c: 90 },
        { _time: 100, c: 20 },
      ],
      result: 1,
    },
    { title: 'one event has no rate', aggregation: 'rate(c)', input: [{ _time: 1000, c: 10 }], result: null },
  ],
});
