// The sitimechart command.
import { partialOf } from './shared/summary-index.js';
import { timechart } from './timechart.js';

/** Writes what a summary index needs to compute timechart later. */
export const sitimechart = partialOf(timechart, [
  {
    title: 'begun here, finished by timechart',
    spl: '| sitimechart span=1h sum(n) AS s | timechart span=1h sum(n) AS s',
    input: [
      { _time: 10, n: 1 },
      { _time: 20, n: 2 },
      { _time: 3700, n: 3 },
    ],
    output: [
      { _time: 0, _span: 3600, s: 3 },
      { _time: 3600, _span: 3600, s: 3 },
    ],
  },
]);
