// The statistical functions over counters of several series, of which events without dimensions make one.
import { type AggregateDefinition, defineAggregate } from './aggregate.js';
import { Counter } from './chronology.js';

/** Makes rate_avg or rate_sum, which differ where a group holds several series. */
export function counterRate(name: string, summary: string): AggregateDefinition<Counter> {
  return defineAggregate<Counter>({
    name,
    summary,
    source: 'Time functions',
    usage: `${name}(<value>)`,
    argument: 'required',
    values: 'number',
    start: () => new Counter(),
    add: (state, value, time) => state.add(value, time),
    finish: (state) => state.rate(),
    differences: ['All events of a group count as one time series.'],
    examples: [
      {
        aggregation: `${name}(c)`,
        input: [
          { _time: 1000, c: 10 },
          { _time: 1060, c: 25 },
          { _time: 1100, c: 60 },
        ],
        result: 0.5,
      },
      {
        title: 'one event has no rate',
        aggregation: `${name}(c)`,
        input: [{ _time: 1000, c: 10 }],
        result: null,
      },
    ],
  });
}
