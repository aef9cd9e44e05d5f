// The mcatalog command.
import { caseSensitive, metricRows } from '../plan/metrics.js';
import { appended } from '../plan/sources.js';
import { indexedStatistics } from '../plan/tstats.js';
import { aggregationNames } from '../syntax/field-flow.js';
import { anyFields, closedFields, unionFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause, clause, searchExpression } from '../syntax/grammar-parts.js';
import { booleanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Lists the names of metrics and the values of their dimensions. */
export const mcatalog = defineCommand({
  name: 'mcatalog',
  summary: 'Lists the names of metrics and the values of their dimensions.',
  source: 'Search Reference: mcatalog',
  type: 'generating',
  mayFollow: (args) => args.options.append ?? false,
  grammar: form(
    {
      aggregations: aggregations({ stops: ['WHERE', 'BY', 'GROUPBY'] }),
      where: clause('WHERE', searchExpression('BY', 'GROUPBY')),
      by: byClause(),
    },
    { options: { prestats: booleanOption, append: booleanOption } },
  ),
  check(args, { report }) {
    // Search Reference, mcatalog: "values" is the only function it has
    for (const { function: name, functionSpan } of args.aggregations)
      if (name !== 'values')
        report({
          severity: 'error',
          code: 'invalid-argument',
          message: `"mcatalog" has no function but "values", found "${name}"`,
          span: functionSpan,
        });
  },
  fields: (args, input) => {
    if (args.options.prestats) return anyFields;
    const output = closedFields([
      ...(args.by ?? []).map((name) => name.name),
      ...aggregationNames(args.aggregations),
    ]);
    return args.options.append ? unionFields(input, output) : output;
  },
  plan: (args, input, context) => {
    const names = args.aggregations.flatMap(({ argument }) =>
      argument !== undefined && 'name' in argument ? [argument.name] : [],
    );
    if (names.includes('_dims') || names.includes('_value'))
      context.refuse('which fields of an event are dimensions is not known here', 'name the dimensions');
    const made = indexedStatistics(
      {
        aggregations: args.aggregations,
        where: args.where === undefined ? undefined : caseSensitive(args.where),
        by: args.by,
        span: undefined,
        fillNull: undefined,
        partial: args.options.prestats ?? false,
        dataset: undefined,
        rows: metricRows([], ['metric_name']),
      },
      context,
    );
    return appended(input, made, args.options.append);
  },
  examples: [
    {
      title: 'the metrics of each host',
      spl: '| mcatalog values(metric_name) AS metrics where index=metrics by host',
      input: [
        { _time: 10, index: 'metrics', host: 'a', 'metric_name:cpu.load': 2, 'metric_name:cpu.idle': 5 },
        { _time: 20, index: 'metrics', host: 'b', metric_name: 'cpu.load', _value: 4 },
      ],
      output: [
        { host: 'a', metrics: ['cpu.idle', 'cpu.load'] },
        { host: 'b', metrics: 'cpu.load' },
      ],
    },
  ],
});
