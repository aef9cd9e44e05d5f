// The sirare command.

import { rare } from './rare.js';
import { partialOf } from './shared/summary-index.js';

/** Writes what a summary index needs to compute rare later. */
export const sirare = partialOf(rare, [
  {
    title: 'begun here, finished by rare',
    spl: '| sirare u | rare u',
    input: [
      { u: 'a', n: 1 },
      { u: 'b', n: 2 },
      { u: 'a', n: 3 },
    ],
    output: [
      { u: 'b', count: 1, percent: '33.333333' },
      { u: 'a', count: 2, percent: '66.666667' },
    ],
  },
]);
