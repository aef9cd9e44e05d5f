// The sistats command.
import { partialOf } from './shared/summary-index.js';
import { stats } from './stats.js';

/** Writes what a summary index needs to compute stats later. */
export const sistats = partialOf(stats, [
  {
    title: 'begun here, finished by stats',
    spl: '| sistats sum(n) AS s BY u | stats sum(n) AS s BY u',
    input: [
      { u: 'a', n: 1 },
      { u: 'b', n: 2 },
      { u: 'a', n: 3 },
    ],
    output: [
      { u: 'a', s: 4 },
      { u: 'b', s: 2 },
    ],
  },
]);
