// The concurrency command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Counts how many events run at the same time. */
export const concurrency = defineCommand({
  name: 'concurrency',
  summary: 'Counts how many events run at the same time.',
  source: 'Search Reference: concurrency',
  type: 'streaming',
  grammar: form({}, { options: { duration: fieldOption, start: fieldOption, output: fieldOption } }),
  check(args, { command, report }) {
    // Search Reference, concurrency, Required arguments: duration
    if (args.options.duration === undefined)
      report({
        severity: 'error',
        code: 'syntax',
        message: '"concurrency" needs duration=<field>',
        span: command.nameSpan,
      });
  },
  fields: (args, input) => addFields(input, [args.options.output ?? 'concurrency']),
  plan: (args, input, context) => ({
    op: 'apply',
    kind: 'rows',
    function: 'concurrency',
    input,
    arguments: {
      duration:
        args.options.duration ?? context.refuse('concurrency needs duration=<field>', undefined, 'syntax'),
      start: args.options.start ?? '_time',
      output: args.options.output ?? 'concurrency',
    },
  }),
  examples: [
    {
      title: 'calls that overlap',
      spl: '| concurrency duration=seconds | table _time concurrency',
      input: [
        { _time: 10, seconds: 5 },
        { _time: 12, seconds: 5 },
        { _time: 20, seconds: 1 },
      ],
      output: [
        { _time: 10, concurrency: 1 },
        { _time: 12, concurrency: 2 },
        { _time: 20, concurrency: 1 },
      ],
    },
  ],
});
