// The dedup command.

import { namesOf } from '../plan/aggregation.js';
import { plannedSortKeys } from '../plan/sort-keys.js';
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
  plan: (args, input) => {
    const deduplicated = {
      op: 'dedup',
      input,
      fields: namesOf(args.fields),
      count: args.count ?? 1,
      keepEvents: args.options.keepevents ?? false,
      keepEmpty: args.options.keepempty ?? false,
      consecutive: args.options.consecutive ?? false,
    } as const;
    if (args.sortby === undefined) return deduplicated;
    return { op: 'sort', input: deduplicated, keys: plannedSortKeys(args.sortby), limit: 0 };
  },
  examples: [
    {
      title: 'the first of each',
      spl: '| dedup user',
      input: [
        { user: 'ann', n: 1 },
        { user: 'bob', n: 2 },
        { user: 'ann', n: 3 },
      ],
      output: [
        { user: 'ann', n: 1 },
        { user: 'bob', n: 2 },
      ],
    },
  ],
});
