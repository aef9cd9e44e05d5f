// The sistats command.
import { anyFields } from '../syntax/field-set.js';
import { defineCommand } from './command.js';
import { stats } from './stats.js';

/** Writes what a summary index needs to compute stats later. */
export const sistats = defineCommand({
  name: 'sistats',
  summary: 'Writes what a summary index needs to compute stats later.',
  source: 'Search Reference: sistats',
  type: 'transforming',
  grammar: stats.grammar,
  check: (args, context) => stats.check?.(args, context),
  reads: (args) => stats.reads?.(args) ?? [],
  fields: () => anyFields,
  finishedBy: 'stats',
  plan: (_, input) => input,
  differences: [
    'it is evaluated only right before stats with the same arguments, which then gives what it gives over the results themselves',
  ],
  examples: [
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
  ],
});
