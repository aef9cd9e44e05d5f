// The sichart command.
import { anyFields } from '../syntax/field-set.js';
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

/** Writes what a summary index needs to chart later. */
export const sichart = defineCommand({
  name: 'sichart',
  summary: 'Writes what a summary index needs to chart later.',
  source: 'Search Reference: sichart',
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
  fields: () => anyFields,
  unsupported: 'it writes partial statistics in a form that only an indexer reads',
});
