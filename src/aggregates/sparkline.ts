// The statistical function sparkline, which draws another function over time.
import type { FieldValue } from '../runtime/value.js';
import { type AggregateDefinition, defineAggregate } from './aggregate.js';
import { count } from './count.js';

/** A sparkline has at most this many points. */
const bars = 100;
const spans = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 14400, 86400, 604800, 2592000];

/** Times and values of a group's events. */
interface Points {
  readonly times: number[];
  readonly values: FieldValue[];
}

/**
 * The functions of `sparkline(<inner>, <span>)`: `inner` computed for each time bucket, 0 where a bucket has no result.
 * `span` in seconds; without one it is the smallest usual span that gives at most a hundred points.
 */
export function sparklineOf(
  inner: AggregateDefinition,
  parameter?: number,
  span?: number,
): Pick<AggregateDefinition<Points>, 'start' | 'add' | 'finish'> {
  return {
    start: () => ({ times: [], values: [] }),
    add: (state, value, time) => {
      if (time === null) return state;
      state.times.push(time);
      state.values.push(value);
      return state;
    },
    finish: (state, scope) => {
      if (state.times.length === 0) return null;
      let from = scope?.earliest ?? Number.POSITIVE_INFINITY;
      let to = scope?.latest ?? Number.NEGATIVE_INFINITY;
      for (const time of state.times) {
        if (time < from) from = time;
        if (time > to) to = time;
      }
      const wanted = spans.find((seconds) => (to - from) / seconds <= bars) ?? Math.ceil((to - from) / bars);
      const width = Math.max(span ?? wanted, (to - from) / 10_000);
      const first = Math.floor(from / width);
      const size = Math.floor(to / width) - first + 1;
      const buckets = Array.from({ length: size }, () => inner.start(parameter));
      state.times.forEach((time, i) => {
        const bucket = Math.floor(time / width) - first;
        buckets[bucket] = inner.add(buckets[bucket], state.values[i] ?? null, time);
      });
      const points = buckets.map((bucket) => {
        const value = inner.finish(bucket, { ...scope, span: width });
        return typeof value === 'number' || typeof value === 'string' ? value : 0;
      });
      return ['##__SPARKLINE__##', ...points];
    },
  };
}

export const sparkline = defineAggregate<Points>({
  name: 'sparkline',
  summary:
    'Gives a row of values over time, as the marked multivalue that Splunk draws a sparkline from; of events their counts.',
  source: 'Statistical and charting functions',
  usage: 'sparkline(<function>,<span>)',
  argument: 'optional',
  values: 'any',
  ...sparklineOf(count as AggregateDefinition),
  differences: ['Without a span the buckets are chosen by the events, a hundred at most.'],
  examples: [
    {
      aggregation: 'sparkline(count)',
      input: [{ _time: 0 }, { _time: 1 }, { _time: 1 }],
      result: ['##__SPARKLINE__##', 1, 2],
    },
  ],
});
