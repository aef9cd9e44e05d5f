// The sitimechart command.
import { anyFields } from '../syntax/field-set.js';
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

/** Writes what a summary index needs to compute timechart later. */
export const sitimechart = defineCommand({
  name: 'sitimechart',
  summary: 'Writes what a summary index needs to compute timechart later.',
  source: 'Search Reference: sitimechart',
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
  fields: () => anyFields,
  unsupported: 'it writes partial statistics in a form that only an indexer reads',
});
