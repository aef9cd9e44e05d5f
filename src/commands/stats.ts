// The stats command.
import { namesOf, plannedAggregations } from '../plan/aggregation.js';
import { outputName } from '../syntax/aggregation.js';
import { needName } from '../syntax/check-calls.js';
import { aggregationNames } from '../syntax/field-flow.js';
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { swallowedByClause } from '../syntax/swallowed.js';
import { defineCommand } from './command.js';

/** Computes statistics over all results or for each group. */
export const stats = defineCommand({
  name: 'stats',
  summary: 'Computes statistics over all results or for each group.',
  source: 'Search Reference: stats',
  type: 'transforming',
  grammar: form(
    { aggregations: aggregations(), by: byClause() },
    {
      options: {
        partitions: integerOption,
        allnum: booleanOption,
        delim: textOption,
        dedup_splitvals: booleanOption,
      },
    },
  ),
  check(args, { report }) {
    const named = new Map<string, string>();
    const by = args.by ?? [];
    // What stands behind a forgotten pipe is no field; that the pipe lacks is told.
    const pipe = by.findIndex(({ name }) => swallowedByClause.has(name));
    const groups = pipe < 0 ? by : by.slice(0, pipe);
    for (const item of args.aggregations) {
      needName(item, report);
      // Splunk: "The output field '…' cannot have the same name as a group-by field."
      const output = item.macro === undefined ? outputName(item) : undefined;
      if (output !== undefined && groups.some(({ name }) => name === output))
        report({
          severity: 'error',
          code: 'invalid-argument',
          message: `the result "${output}" has the name of a field that the results are grouped by`,
          span: item.span,
          help: 'write another name behind AS',
        });
      const { argument, as } = item;
      if (as === undefined || argument === undefined || !('name' in argument) || 'kind' in argument) continue;
      // Search Reference, stats, "Renaming fields": stats first(host) AS site, first(host) AS report is not valid
      const call = `${item.function}${item.parameter ?? ''}(${argument.name})`;
      const before = named.get(call);
      if (before !== undefined && before !== as.name)
        report({
          severity: 'error',
          code: 'invalid-argument',
          message: `"${call}" gets two names, "${before}" and "${as.name}"`,
          span: item.span,
          help: `write eval '${as.name}'='${before}' behind it`,
        });
      named.set(call, as.name);
    }
  },
  reads: (args) => args.by ?? [],
  fields: (args) =>
    closedFields([...(args.by ?? []).map((name) => name.name), ...aggregationNames(args.aggregations)]),
  plan: (args, input, context) => ({
    op: 'aggregate',
    input,
    aggregations: plannedAggregations(args.aggregations, context),
    ...(args.options.delim === undefined ? {} : { delimiter: args.options.delim }),
    by: namesOf(args.by),
    rowForNone: args.aggregations.some((item) => item.function === 'count' || item.function === 'dc'),
    ...(args.options.allnum ? { allNumeric: true } : {}),
    ...(args.options.dedup_splitvals ? { dedupSplitValues: true } : {}),
  }),
  withoutEffect: {
    partitions: 'it splits the work, not the results',
  },
  examples: [
    {
      title: 'counts by a field',
      spl: '| stats count BY user',
      input: [{ user: 'ann' }, { user: 'bob' }, { user: 'ann' }],
      output: [
        { user: 'ann', count: 2 },
        { user: 'bob', count: 1 },
      ],
    },
    {
      title: 'distinct values',
      spl: '| stats values(user) AS users',
      input: [{ user: 'bob' }, { user: 'ann' }, { user: 'bob' }],
      output: [{ users: ['ann', 'bob'] }],
    },
  ],
});
