// The sichart command.

import { chart } from './chart.js';
import { partialOf } from './shared/summary-index.js';

/** Writes what a summary index needs to compute chart later. */
export const sichart = partialOf(chart, [
  {
    title: 'begun here, finished by chart',
    spl: '| sichart sum(n) OVER u | chart sum(n) OVER u',
    input: [
      { u: 'a', n: 1 },
      { u: 'b', n: 2 },
      { u: 'a', n: 3 },
    ],
    output: [
      { u: 'a', 'sum(n)': 4 },
      { u: 'b', 'sum(n)': 2 },
    ],
  },
]);
