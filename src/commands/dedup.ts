// The dedup command.

import { form } from '../syntax/grammar.js';
import { clause, fieldList, optionalInteger } from '../syntax/grammar-parts.js';
import { sortKeys } from '../syntax/grammar-special.js';
import { booleanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Keeps the first results of each combination of field values. */
export const dedup = defineCommand({
  name: 'dedup',
  summary: 'Keeps the first results of each combination of field values.',
  source: 'Search Reference: dedup',
  type: 'dataset processing',
  grammar: form(
    {
      count: optionalInteger,
      fields: fieldList({ stops: ['SORTBY'] }),
      sortby: clause('SORTBY', sortKeys),
    },
    {
      options: { keepevents: booleanOption, keepempty: booleanOption, consecutive: booleanOption },
    },
  ),
  reads: (args) => [...args.fields, ...(args.sortby ?? []).map((key) => key.field)],
  fields: (_, input) => input,
});
