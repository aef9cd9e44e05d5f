// The sitop command.
import { partialOf } from './shared/summary-index.js';
import { topCommand } from './top.js';

/** Writes what a summary index needs to compute top later. */
export const sitop = partialOf(topCommand, [
  {
    title: 'begun here, finished by top',
    spl: '| sitop u | top u',
    input: [
      { u: 'a', n: 1 },
      { u: 'b', n: 2 },
      { u: 'a', n: 3 },
    ],
    output: [
      { u: 'a', count: 2, percent: '66.666667' },
      { u: 'b', count: 1, percent: '33.333333' },
    ],
  },
]);
