// The timewrap command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { string } from '../syntax/grammar-parts.js';
import { choiceOption, readSpan, textOption } from '../syntax/grammar-values.js';
import type { BinSpan } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/**
 * The length of a period. Search Reference, timewrap: `m` are months here, where other commands have minutes; the
 * units begin at the second.
 */
function periodOf(text: string): Extract<BinSpan, { kind: 'time' }> | undefined {
  const span = readSpan(text.replace(/^(\d*)m$/i, '$1mon'));
  if (span?.kind !== 'time' || span.snap !== undefined || span.count < 1) return undefined;
  return ['us', 'ms', 'cs', 'ds'].includes(span.unit) ? undefined : span;
}

/** Shows periods of timechart side by side. */
export const timewrap = defineCommand({
  name: 'timewrap',
  summary: 'Shows periods of timechart side by side.',
  source: 'Search Reference: timewrap',
  type: 'transforming',
  grammar: form(
    { span: string },
    {
      options: {
        align: choiceOption('now', 'end'),
        series: choiceOption('relative', 'short', 'exact'),
        time_format: textOption,
      },
    },
  ),
  check(args, { command, report }) {
    if (periodOf(args.span) === undefined)
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: `"timewrap" takes a period such as 1day or 2weeks, found "${args.span}"`,
        span: command.span,
      });
    if (args.options.series === 'exact' && args.options.time_format === undefined)
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: 'exact names of series need a time_format',
        span: command.span,
        help: 'write time_format="week of %b %d"',
      });
  },
  fields: () => ({ ...anyFields, known: new Set(['_time']) }),
  plan: (args, input, context) => {
    const span = periodOf(args.span) ?? context.refuse('this period cannot be read');
    return {
      op: 'apply',
      kind: 'rows',
      function: 'timewrap',
      input,
      arguments: {
        span: { count: span.count, unit: span.unit },
        align: args.options.align ?? 'end',
        series: args.options.series ?? 'relative',
        ...(args.options.time_format === undefined ? {} : { format: args.options.time_format }),
      },
    };
  },
  differences: [
    'The name of a period stands behind the name of the field (`count_latest_week`), for every kind of name.',
    'A search without an end ends with the last bucket.',
  ],
  examples: [
    {
      title: 'two days beside one another',
      spl: '| timewrap 1d',
      input: [
        { _time: 0, count: 1 },
        { _time: 43200, count: 2 },
        { _time: 86400, count: 3 },
        { _time: 129600, count: 4 },
      ],
      output: [
        { _time: 86400, count_1day_before: 1, count_latest_day: 3 },
        { _time: 129600, count_1day_before: 2, count_latest_day: 4 },
      ],
    },
    {
      title: 'the last days of a longer month stand behind those of a shorter one',
      spl: '| timewrap 1mon',
      input: [
        { _time: 2332800, count: 28 },
        { _time: 2592000, count: 31 },
        { _time: 2678400, count: 1 },
        { _time: 5011200, count: 2, _span: 86400 },
      ],
      output: [
        { _time: 2678400, count_latest_month: 1 },
        { _time: 5011200, count_1month_before: 28, count_latest_month: 2 },
        { _time: 5270400, count_1month_before: 31 },
      ],
    },
  ],
});
