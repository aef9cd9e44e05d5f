// The timechart command.
import { aggregationNames } from '../syntax/field-flow.js';
import { anyFields, closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause } from '../syntax/grammar-parts.js';
import { seriesFilter } from '../syntax/grammar-special.js';
import {
  booleanOption,
  integerOption,
  numberOption,
  spanOption,
  textOption,
} from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Makes a table of statistics over time. */
export const timechart = defineCommand({
  name: 'timechart',
  summary: 'Makes a table of statistics over time.',
  source: 'Search Reference: timechart',
  type: 'transforming',
  grammar: form(
    {
      aggregations: aggregations({ stops: ['BY', 'WHERE'] }),
      by: byClause('WHERE'),
      filter: seriesFilter,
    },
    {
      options: {
        sep: textOption,
        format: textOption,
        cont: booleanOption,
        limit: textOption,
        agg: textOption,
        bins: integerOption,
        span: spanOption,
        minspan: spanOption,
        start: numberOption,
        end: numberOption,
        aligntime: textOption,
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
  reads: (args) => args.by ?? [],
  fields: (args) =>
    args.by === undefined
      ? closedFields(['_time', '_span', ...aggregationNames(args.aggregations)])
      : { ...anyFields, known: new Set(['_time', '_span']) },
});
