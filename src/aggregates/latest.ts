// The statistical function latest.

import { defineAggregate } from './aggregate.js';
import { Chronology } from './chronology.js';

export const latest = defineAggregate<Chronology>({
  name: 'latest',
  summary: 'Gives the value of a field in the chronologically last event that has it.',
  source: 'Time functions',
  usage: 'latest(<value>)',
  argument: 'required',
  values: 'any',
  start: () => new Chronology(),
  add: (state, value, time) => state.add(value, time),
  finish: (state) => state.latest,
  examples: [
    {
      aggregation: 'latest(u)',
      input: [
        { _time: 20, u: 'b' },
        { _time: 30, u: 'c' },
        { _time: 10, u: 'a' },
      ],
      result: 'c',
    },
    { title: 'events without a time', aggregation: 'latest(u)', input: [{ u: 'a' }], result: null },
  ],
});
