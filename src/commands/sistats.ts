// The sistats command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Writes what a summary index needs to compute stats later. */
export const sistats = defineCommand({
  name: 'sistats',
  summary: 'Writes what a summary index needs to compute stats later.',
  source: 'Search Reference: sistats',
  type: 'transforming',
  grammar: form(
    { aggregations: aggregations(), by: byClause() },
    { options: { partitions: integerOption, allnum: booleanOption, delim: textOption } },
  ),
  fields: () => anyFields,
  unsupported: 'it writes partial statistics in a form that only an indexer reads',
});
