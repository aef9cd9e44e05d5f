// The timechart command.

import { chartAggregations } from '../plan/aggregation.js';
import { binnedSplit, chartOperator } from '../plan/chart.js';
import { spanSeconds } from '../runtime/time-bin.js';
import { checkSplits, needName, tooManySplits } from '../syntax/check-calls.js';
import { aggregationNames } from '../syntax/field-flow.js';
import { anyFields, closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations } from '../syntax/grammar-parts.js';
import { seriesFilter, splitClause } from '../syntax/grammar-special.js';
import {
  alignTimeOption,
  booleanOption,
  integerOption,
  numberOption,
  seriesLimitOption,
  spanOption,
  textOption,
} from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';
import { checkBins } from './shared/check-bins.js';

/** Makes a table of statistics over time. */
export const timechart = defineCommand({
  name: 'timechart',
  summary: 'Makes a table of statistics over time.',
  source: 'Search Reference: timechart',
  type: 'transforming',
  grammar: form(
    {
      aggregations: aggregations({ stops: ['BY', 'WHERE'] }),
      by: splitClause('WHERE'),
      filter: seriesFilter,
    },
    {
      options: {
        sep: textOption,
        format: textOption,
        cont: booleanOption,
        limit: seriesLimitOption,
        agg: textOption,
        bins: integerOption,
        span: spanOption,
        minspan: spanOption,
        start: numberOption,
        end: numberOption,
        aligntime: alignTimeOption,
        usenull: booleanOption,
        useother: booleanOption,
        nullstr: textOption,
        otherstr: textOption,
        partial: booleanOption,
        fixedrange: booleanOption,
        dedup_splitvals: booleanOption,
        timezone: textOption,
      },
    },
  ),
  check: (args, { command, report }) => {
    for (const bins of [args.options.bins, args.by?.[0]?.bin?.bins])
      checkBins(bins, command.span, 'timechart', report);
    tooManySplits(args.by ?? [], 1, 'timechart', report);
    // "If you use an eval expression, the split-by clause is required" (timechart, description)
    if (args.by === undefined) for (const aggregation of args.aggregations) needName(aggregation, report);
    checkSplits(args.by ?? [], args.aggregations, report);
  },
  reads: (args) => args.by ?? [],
  fields: (args) =>
    args.by === undefined
      ? closedFields(['_time', '_span', ...aggregationNames(args.aggregations)])
      : { ...anyFields, known: new Set(['_time', '_span']) },
  plan: (args, input, context) => {
    const { options } = args;
    // "minimum and maximum extents for numerical bins" (timechart, start-end), which those of time are not
    if (options.start !== undefined || options.end !== undefined)
      context.refuse('"start" and "end" of timechart have no bins of numbers to bound');
    if (options.timezone !== undefined)
      context.refuse('"timezone" of timechart is not evaluated here', 'set the time zone of the run');
    const column = args.by?.[0];
    const bin = column?.bin;
    // Search Reference, timechart, "Split-by fields": what stands behind the field bins its values. A span of time
    // there is taken for the axis, where searches mean it.
    const ownSpan = bin?.span?.kind === 'time' ? undefined : bin?.span;
    const span = options.span ?? (ownSpan === undefined ? bin?.span : undefined);
    if (span !== undefined && span.kind === 'log')
      context.refuse('timechart needs a span of time', undefined, 'argument-type');
    const minimum = options.minspan?.kind === 'time' ? spanSeconds(options.minspan) : undefined;
    const split =
      column === undefined || (ownSpan === undefined && bin?.bins === undefined)
        ? input
        : binnedSplit(input, column.name, {
            ...(ownSpan === undefined ? {} : { span: ownSpan }),
            ...(bin?.bins === undefined ? {} : { bins: bin.bins }),
          });
    return chartOperator(
      split,
      chartAggregations(args.aggregations, context),
      options,
      args.filter,
      context,
      {
        ...(column === undefined ? {} : { column: column.name }),
        time: {
          bins: options.bins ?? 100,
          continuous: options.cont ?? true,
          ...(options.partial === false ? { wholeOnly: true } : {}),
          ...(options.fixedrange === false ? { ofEvents: true } : {}),
          ...(options.aligntime === undefined ? {} : { alignTime: options.aligntime }),
          ...(span?.kind === 'time' ? { span: { ...span } } : {}),
          ...(span?.kind === 'number' ? { span: { count: span.size, unit: 's' } } : {}),
          ...(minimum === undefined ? {} : { minimum }),
        },
      },
    );
  },
  examples: [
    {
      title: 'a count per hour',
      spl: '| timechart span=1h count | table _time count',
      input: [{ _time: 10 }, { _time: 7300 }],
      output: [
        { _time: 0, count: 1 },
        { _time: 3600, count: 0 },
        { _time: 7200, count: 1 },
      ],
    },
  ],
});
