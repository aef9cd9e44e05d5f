// The statistical function sparkline.

import { defineAggregate } from './aggregate.js';

const bars = 100;
const spans = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 14400, 86400, 604800, 2592000];

export const sparkline = defineAggregate<number[]>({
  name: 'sparkline',
  summary:
    'Gives a row of event counts over time, as the marked multivalue that Splunk draws a sparkline from.',
  source: 'Statistical and charting functions',
  usage: 'sparkline(count)',
  argument: 'optional',
  values: 'any',
  start: () => [],
  add: (state, value, time) => {
    if (time !== null && value !== false) state.push(time);
    return state;
  },
  finish: (state, scope) => {
    if (state.length === 0) return null;
    let from = scope?.earliest ?? Number.POSITIVE_INFINITY;
    let to = scope?.latest ?? Number.NEGATIVE_INFINITY;
    for (const time of state) {
      if (time < from) from = time;
      if (time > to) to = time;
    }
    const span = spans.find((seconds) => (to - from) / seconds <= bars) ?? Math.ceil((to - from) / bars);
    const first = Math.floor(from / span);
    const counts: number[] = new Array(Math.floor(to / span) - first + 1).fill(0);
    for (const time of state) {
      const i = Math.floor(time / span) - first;
      counts[i] = (counts[i] ?? 0) + 1;
    }
    return ['##__SPARKLINE__##', ...counts];
  },
  differences: ['Only counts of events are drawn, over at most a hundred buckets.'],
  examples: [
    {
      aggregation: 'sparkline(count)',
      input: [{ _time: 0 }, { _time: 1 }, { _time: 1 }],
      result: ['##__SPARKLINE__##', 1, 2],
    },
  ],
});
