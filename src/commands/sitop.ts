// The sitop command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { byClause, fieldList, optionalInteger } from '../syntax/grammar-parts.js';
import { booleanOption, fieldOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Writes what a summary index needs to compute top later. */
export const sitop = defineCommand({
  name: 'sitop',
  summary: 'Writes what a summary index needs to compute top later.',
  source: 'Search Reference: sitop',
  type: 'transforming',
  grammar: form(
    { count: optionalInteger, fields: fieldList({ stops: ['BY'] }), by: byClause() },
    {
      options: {
        limit: integerOption,
        countfield: fieldOption,
        percentfield: fieldOption,
        showcount: booleanOption,
        showperc: booleanOption,
        useother: booleanOption,
        otherstr: textOption,
      },
    },
  ),
  fields: () => anyFields,
  unsupported: 'it writes partial statistics in a form that only an indexer reads',
});
