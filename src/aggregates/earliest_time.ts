// The statistical function earliest_time.

import { defineAggregate } from './aggregate.js';
import { Chronology } from './chronology.js';

export const earliest_time = defineAggregate<Chronology>({
  name: 'earliest_time',
  summary: 'Gives the time of the chronologically first event that has the field, in epoch seconds.',
  source: 'Time functions',
  usage: 'earliest_time(<value>)',
  argument: 'required',
  values: 'any',
  start: () => new Chronology(),
  add: (state, value, time) => state.add(value, time),
  finish: (state) => state.earliestTime,
  examples: [
    {
      aggregation: 'earliest_time(u)',
      input: [
        { _time: 20, u: 'b' },
        { _time: 30, u: 'c' },
        { _time: 10, u: 'a' },
      ],
      result: 10,
    },
    { title: 'events without a time', aggregation: 'earliest_time(u)', input: [{ u: 'a' }], result: null },
  ],
});
