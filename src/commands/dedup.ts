// The dedup command.

import { namesOf } from '../plan/aggregation.js';
import type { Operator } from '../plan/operator.js';
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
  check(args, { command, report }) {
    if (args.count !== undefined && args.count < 1)
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: `"dedup" takes a count greater than 0, found ${args.count}`,
        span: command.span,
      });
  },
  reads: (args) => [...args.fields, ...(args.sortby ?? []).map((key) => key.field)],
  fields: (_, input) => input,
  plan: (args, input) => {
    // The order decides which result of each combination stays ("Search Reference: dedup", description).
    const ordered: Operator =
      args.sortby === undefined ? input : { op: 'sort', input, keys: plannedSortKeys(args.sortby), limit: 0 };
    return {
      op: 'dedup',
      input: ordered,
      fields: namesOf(args.fields),
      count: args.count ?? 1,
      keepEvents: args.options.keepevents ?? false,
      keepEmpty: args.options.keepempty ?? false,
      consecutive: args.options.consecutive ?? false,
    };
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
    {
      title: 'the greatest of each: the order decides which one stays',
      spl: '| dedup user sortby -n',
      input: [
        { user: 'ann', n: 1 },
        { user: 'bob', n: 2 },
        { user: 'ann', n: 3 },
      ],
      output: [
        { user: 'ann', n: 3 },
        { user: 'bob', n: 2 },
      ],
    },
  ],
});
