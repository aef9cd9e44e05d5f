// The sitop command.
import { anyFields } from '../syntax/field-set.js';
import { defineCommand } from './command.js';
import { topCommand } from './top.js';

/** Writes what a summary index needs to compute top later. */
export const sitop = defineCommand({
  name: 'sitop',
  summary: 'Writes what a summary index needs to compute top later.',
  source: 'Search Reference: sitop',
  type: 'transforming',
  grammar: topCommand.grammar,
  check: (args, context) => topCommand.check?.(args, context),
  reads: (args) => topCommand.reads?.(args) ?? [],
  fields: () => anyFields,
  finishedBy: 'top',
  plan: (_, input) => input,
  differences: [
    'it is evaluated only right before top with the same arguments, which then gives what it gives over the results themselves',
  ],
  examples: [
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
  ],
});
