// The statistical function latest_time.

import { defineAggregate } from './aggregate.js';
import { Chronology } from './chronology.js';

export const latest_time = defineAggregate<Chronology>({
  name: 'latest_time',
  summary: 'Gives the time of the chronologically last event that has the field, in epoch seconds.',
  source: 'Time functions',
  usage: 'latest_time(<value>)',
  argument: 'required',
  values: 'any',
  start: () => new Chronology(),
  add: (state, value, time) => state.add(value, time),
  finish: (state) => state.latestTime,
  examples: [
    {
      aggregation: 'latest_time(u)',
      input: [
        { _time: 20, u: 'b' },
        { _time: 30, u: 'c' },
        { _time: 10, u: 'a' },
      ],
      result: 30,
    },
    { title: 'events without a time', aggregation: 'latest_time(u)', input: [{ u: 'a' }], result: null },
  ],
});
