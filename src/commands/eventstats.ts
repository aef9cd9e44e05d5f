// The eventstats command.
import { namesOf, plannedAggregations } from '../plan/aggregation.js';
import { aggregationNames } from '../syntax/field-flow.js';
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause } from '../syntax/grammar-parts.js';
import { booleanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Adds statistics of its group to every result. */
export const eventstats = defineCommand({
  name: 'eventstats',
  summary: 'Adds statistics of its group to every result.',
  source: 'Search Reference: eventstats',
  type: 'dataset processing',
  grammar: form({ aggregations: aggregations(), by: byClause() }, { options: { allnum: booleanOption } }),
  reads: (args) => args.by ?? [],
  fields: (args, input) => addFields(input, aggregationNames(args.aggregations)),
  plan: (args, input, context) => ({
    op: 'window',
    input,
    aggregations: plannedAggregations(args.aggregations, context),
    by: namesOf(args.by),
    ...(args.options.allnum ? { allNumeric: true } : {}),
  }),
  examples: [
    {
      title: 'the mean beside each',
      spl: '| eventstats avg(n) AS mean BY k',
      input: [
        { k: 'a', n: 1 },
        { k: 'a', n: 3 },
      ],
      output: [
        { k: 'a', n: 1, mean: 2 },
        { k: 'a', n: 3, mean: 2 },
      ],
    },
  ],
});
