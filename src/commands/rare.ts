// The rare command.
import { defineCommand } from './command.js';
import { checkFrequency, frequencyFields, frequencyGrammar, frequencyOperator } from './shared/frequency.js';

/** Finds the least frequent values. */
export const rare = defineCommand({
  name: 'rare',
  summary: 'Finds the least frequent values.',
  source: 'Search Reference: rare',
  type: 'transforming',
  grammar: frequencyGrammar,
  check: checkFrequency,
  reads: (args) => [...args.fields, ...(args.by ?? [])],
  fields: frequencyFields,
  plan: (args, input) => frequencyOperator(args, input, true),
  withoutEffect: {
    rare: 'it is rare already',
  },
  examples: [
    {
      title: 'the least common',
      spl: '| rare limit=1 user',
      input: [{ user: 'ann' }, { user: 'ann' }, { user: 'bob' }],
      output: [{ user: 'bob', count: 1, percent: '33.333333' }],
    },
  ],
});
