// The sitimechart command.
import { anyFields } from '../syntax/field-set.js';
import { defineCommand } from './command.js';
import { timechart } from './timechart.js';

/** Writes what a summary index needs to compute timechart later. */
export const sitimechart = defineCommand({
  name: 'sitimechart',
  summary: 'Writes what a summary index needs to compute timechart later.',
  source: 'Search Reference: sitimechart',
  type: 'transforming',
  grammar: timechart.grammar,
  check: (args, context) => timechart.check?.(args, context),
  reads: (args) => timechart.reads?.(args) ?? [],
  fields: () => anyFields,
  finishedBy: 'timechart',
  plan: (_, input) => input,
  differences: [
    'it is evaluated only right before timechart with the same arguments, which then gives what it gives over the results themselves',
  ],
  examples: [
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
  ],
});
