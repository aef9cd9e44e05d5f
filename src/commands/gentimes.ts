// The gentimes command.
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Makes a row for every step of a time range. */
export const gentimes = defineCommand({
  name: 'gentimes',
  summary: 'Makes a row for every step of a time range.',
  source: 'Search Reference: gentimes',
  type: 'generating',
  grammar: form({}, { options: { start: textOption, end: textOption, increment: textOption } }),
  check(args, { command, report }) {
    if (args.options.start === undefined)
      report({
        severity: 'error',
        code: 'syntax',
        message: '"gentimes" needs a start',
        span: command.nameSpan,
        help: 'write gentimes start=<MM/DD/YYYY>',
      });
  },
  fields: () => closedFields(['starttime', 'starthuman', 'endtime', 'endhuman']),
  plan: (args) => ({
    op: 'apply',
    kind: 'generate',
    function: 'gentimes',
    arguments: { ...args.options },
    columns: ['starttime', 'starthuman', 'endtime', 'endhuman'],
  }),
  examples: [
    {
      title: 'steps of half a day',
      spl: '| gentimes start=8/13/18 end=8/14/18 increment=12h | fields - endtime starttime',
      output: [
        { starthuman: 'Mon Aug 13 00:00:00 2018', endhuman: 'Mon Aug 13 11:59:59 2018' },
        { starthuman: 'Mon Aug 13 12:00:00 2018', endhuman: 'Mon Aug 13 23:59:59 2018' },
      ],
    },
  ],
});
