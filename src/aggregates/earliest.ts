// The statistical function earliest.

import { defineAggregate } from './aggregate.js';
import { Chronology } from './chronology.js';

export const earliest = defineAggregate<Chronology>({
  name: 'earliest',
  summary: 'Gives the value of a field in the chronologically first event that has it.',
  source: 'Time functions',
  usage: 'earliest(<value>)',
  argument: 'required',
  values: 'any',
  start: () => new Chronology(),
  add: (state, value, time) => state.add(value, time),
  finish: (state) => state.earliest,
  examples: [
    {
      aggregation: 'earliest(u)',
      input: [
        { _time: 20, u: 'b' },
        { _time: 30, u: 'c' },
        { _time: 10, u: 'a' },
      ],
      result: 'a',
    },
    { title: 'events without a time', aggregation: 'earliest(u)', input: [{ u: 'a' }], result: null },
  ],
});
