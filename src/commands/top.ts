// The top command.
import { defineCommand } from './command.js';
import { checkFrequency, frequencyFields, frequencyGrammar, frequencyOperator } from './shared/frequency.js';

/** Finds the most frequent values. */
export const topCommand = defineCommand({
  name: 'top',
  aliases: ['common'],
  summary: 'Finds the most frequent values.',
  source: 'Search Reference: top',
  type: 'transforming',
  grammar: frequencyGrammar,
  check: checkFrequency,
  reads: (args) => [...args.fields, ...(args.by ?? [])],
  fields: frequencyFields,
  plan: (args, input) => frequencyOperator(args, input, false),
  examples: [
    {
      title: 'the most common',
      spl: '| top limit=1 user',
      input: [{ user: 'ann' }, { user: 'ann' }, { user: 'bob' }],
      output: [{ user: 'ann', count: 2, percent: '66.666667' }],
    },
  ],
});
