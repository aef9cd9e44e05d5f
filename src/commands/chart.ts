// The chart command.

import { chartAggregations } from '../plan/aggregation.js';
import { binnedSplit, chartOperator } from '../plan/chart.js';
import type { Operator } from '../plan/operator.js';
import { checkSplits, needName, tooManySplits } from '../syntax/check-calls.js';
import { aggregationNames } from '../syntax/field-flow.js';
import { anyFields, closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, clause, field } from '../syntax/grammar-parts.js';
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

/** Makes a table of statistics: rows by one field, columns by another. */
export const chart = defineCommand({
  name: 'chart',
  summary: 'Makes a table of statistics: rows by one field, columns by another.',
  source: 'Search Reference: chart',
  type: 'transforming',
  grammar: form(
    {
      aggregations: aggregations({ stops: ['OVER', 'BY', 'WHERE'] }),
      over: clause('OVER', field),
      by: splitClause('WHERE', 'OVER'),
      overAfter: clause('OVER', field),
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
        allnum: booleanOption,
        dedup_splitvals: booleanOption,
      },
    },
  ),
  check: (args, { command, report }) => {
    for (const bins of [args.options.bins, ...(args.by ?? []).map(({ bin }) => bin?.bins)])
      checkBins(bins, command.span, 'chart', report);
    // Search Reference, chart: OVER a row split and BY a column split, or BY both
    if (args.over !== undefined && args.overAfter !== undefined)
      tooManySplits([args.overAfter], 0, 'chart', report);
    tooManySplits(args.by ?? [], (args.over ?? args.overAfter) === undefined ? 2 : 1, 'chart', report);
    const splits = [args.over, args.overAfter, ...(args.by ?? [])].filter((name) => name !== undefined);
    checkSplits(splits, args.aggregations, report);
    // "Unless you specify a split-by clause, the eval expression must be renamed" (chart, evaluation expressions)
    if (splits.length === 0) for (const aggregation of args.aggregations) needName(aggregation, report);
  },
  reads: (args) => [args.over, args.overAfter, ...(args.by ?? [])].filter((name) => name !== undefined),
  fields: (args) => {
    const rows = args.over ?? args.overAfter;
    const by = args.by ?? [];
    const columns = rows === undefined ? by[1] : by[0];
    const row = rows ?? by[0];
    // Columns named by values are not known before the search runs.
    if (columns !== undefined) return { ...anyFields, known: new Set(row === undefined ? [] : [row.name]) };
    return closedFields([...(row === undefined ? [] : [row.name]), ...aggregationNames(args.aggregations)]);
  },
  plan: (args, input, context) => {
    const over = args.over ?? args.overAfter;
    const by = args.by ?? [];
    const row = over ?? by[0];
    const column = over === undefined ? by[1] : by[0];
    const rowSplit = over === undefined ? by[0] : undefined;
    const span = rowSplit?.bin?.span ?? args.options.span;
    const bins = rowSplit?.bin?.bins ?? args.options.bins;
    const isTime = row?.name === '_time';
    const { minspan, start, end, aligntime } = args.options;
    const isBinned = [span, bins, minspan, start, end].some((option) => option !== undefined) || isTime;
    const binned: Operator =
      row === undefined || !isBinned
        ? input
        : binnedSplit(input, row.name, {
            ...(span === undefined ? {} : { span }),
            bins: bins ?? 300,
            ...(minspan === undefined ? {} : { minspan }),
            ...(start === undefined ? {} : { start }),
            ...(end === undefined ? {} : { end }),
            ...(aligntime === undefined ? {} : { aligntime }),
          });
    const split = column?.bin === undefined ? binned : binnedSplit(binned, column.name, column.bin);
    // Search Reference, chart, cont. Bins of a logarithm have no one size, those of times have none that is known here
    // without a span.
    const continuous =
      args.options.cont === false || !isBinned || span?.kind === 'log' || (isTime && span === undefined)
        ? undefined
        : span === undefined
          ? 0
          : span.kind === 'time'
            ? { ...span }
            : isTime
              ? { count: span.size, unit: 's' }
              : span.size;
    return chartOperator(
      split,
      chartAggregations(args.aggregations, context),
      args.options,
      args.filter,
      context,
      {
        ...(row === undefined ? {} : { row: row.name }),
        ...(column === undefined ? {} : { column: column.name }),
        ...(continuous === undefined ? {} : { continuous }),
      },
    );
  },
  examples: [
    {
      title: 'two dimensions',
      spl: '| chart count BY a, b',
      input: [
        { a: 'x', b: 'p' },
        { a: 'x', b: 'q' },
        { a: 'y', b: 'p' },
      ],
      output: [
        { a: 'x', p: 1, q: 1 },
        { a: 'y', p: 1, q: 0 },
      ],
    },
    {
      title: 'ranges without values',
      spl: '| chart count BY n span=10',
      input: [{ n: 5 }, { n: 25 }],
      output: [
        { n: '0-10', count: 1 },
        { n: '10-20', count: 0 },
        { n: '20-30', count: 1 },
      ],
    },
  ],
});
