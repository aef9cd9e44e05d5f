// The chart command.
import { aggregationNames } from '../syntax/field-flow.js';
import { anyFields, closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause, clause, field } from '../syntax/grammar-parts.js';
import { seriesFilter } from '../syntax/grammar-special.js';
import {
  booleanOption,
  integerOption,
  numberOption,
  spanOption,
  textOption,
} from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

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
      by: byClause('WHERE', 'OVER'),
      overAfter: clause('OVER', field),
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
        allnum: booleanOption,
        dedup_splitvals: booleanOption,
      },
    },
  ),
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
});
