// The sirare command.
import { anyFields } from '../syntax/field-set.js';
import { defineCommand } from './command.js';
import { rare } from './rare.js';

/** Writes what a summary index needs to compute rare later. */
export const sirare = defineCommand({
  name: 'sirare',
  summary: 'Writes what a summary index needs to compute rare later.',
  source: 'Search Reference: sirare',
  type: 'transforming',
  grammar: rare.grammar,
  check: (args, context) => rare.check?.(args, context),
  reads: (args) => rare.reads?.(args) ?? [],
  fields: () => anyFields,
  finishedBy: 'rare',
  plan: (_, input) => input,
  differences: [
    'it is evaluated only right before rare with the same arguments, which then gives what it gives over the results themselves',
  ],
  examples: [
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
  ],
});
