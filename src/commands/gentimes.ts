// The gentimes command.
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { formedOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

const timeOption = formedOption(
  '<MM/DD/YYYY[:HH:MM:SS] | int>',
  /^(?:[+-]?\d+|(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|[12]\d|3[01])\/(?:\d{2}|\d{4})(?::\d{1,2}:\d{1,2}:\d{1,2})?)$/,
  'a date such as 10/31/2023, or days such as -5,',
);
const stepOption = formedOption('<int>(s | m | h | d)', /^\d*[smhd]$/, 'a span of time such as "12h"');

/** Makes a row for every step of a time range. */
export const gentimes = defineCommand({
  name: 'gentimes',
  summary: 'Makes a row for every step of a time range.',
  source: 'Search Reference: gentimes',
  type: 'generating',
  grammar: form({}, { options: { start: timeOption, end: timeOption, increment: stepOption } }),
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
