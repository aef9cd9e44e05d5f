// The sichart command.

import { anyFields } from '../syntax/field-set.js';
import { chart } from './chart.js';
import { defineCommand } from './command.js';

/** Writes what a summary index needs to chart later. */
export const sichart = defineCommand({
  name: 'sichart',
  summary: 'Writes what a summary index needs to chart later.',
  source: 'Search Reference: sichart',
  type: 'transforming',
  grammar: chart.grammar,
  check: (args, context) => chart.check?.(args, context),
  reads: (args) => chart.reads?.(args) ?? [],
  fields: () => anyFields,
  finishedBy: 'chart',
  plan: (_, input) => input,
  differences: [
    'it is evaluated only right before chart with the same arguments, which then gives what it gives over the results themselves',
  ],
  examples: [
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
  ],
});
