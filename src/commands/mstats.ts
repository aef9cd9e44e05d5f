// The mstats command.
import { measureField, metricRows, timeField } from '../plan/metrics.js';
import { appended } from '../plan/sources.js';
import { indexedStatistics, namesIn } from '../plan/tstats.js';
import { aggregationNames } from '../syntax/field-flow.js';
import { anyFields, closedFields, unionFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause, clause, searchExpression } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption, spanOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Computes statistics over metrics. */
export const mstats = defineCommand({
  name: 'mstats',
  summary: 'Computes statistics over metrics.',
  source: 'Search Reference: mstats',
  type: 'generating',
  mayFollow: (args) => args.options.append ?? false,
  grammar: form(
    {
      aggregations: aggregations({ stops: ['WHERE', 'BY', 'GROUPBY'] }),
      where: clause('WHERE', searchExpression('BY', 'GROUPBY', 'span=', 'every=')),
      by: byClause(),
    },
    {
      options: {
        chart: booleanOption,
        prestats: booleanOption,
        append: booleanOption,
        backfill: booleanOption,
        update_period: integerOption,
        fillnull_value: textOption,
        chunk_size: integerOption,
        every: spanOption,
        span: spanOption,
      },
      trailing: ['every', 'span'],
    },
  ),
  fields: (args, input) => {
    if (args.options.prestats || args.options.chart) return anyFields;
    const output = closedFields([
      ...(args.options.span === undefined ? [] : ['_time']),
      ...(args.by ?? []).map((name) => name.name),
      ...aggregationNames(args.aggregations),
    ]);
    return args.options.append ? unionFields(input, output) : output;
  },
  plan: (args, input, context) => {
    const { options } = args;
    if (options.chart)
      context.refuse('mstats chart=true makes a chart, which is not done here', 'use timechart behind it');
    if (options.every !== undefined)
      context.refuse('mstats every=<span> samples the time, which is not done here');
    const made = indexedStatistics(
      {
        aggregations: args.aggregations,
        where: args.where,
        by: options.span === undefined ? args.by : [timeField, ...(args.by ?? [])],
        span: options.span,
        fillNull: options.fillnull_value,
        partial: options.prestats ?? false,
        dataset: undefined,
        rows: metricRows(args.aggregations, namesIn(args)),
        fieldOf: measureField,
      },
      context,
    );
    return appended(input, made, options.append);
  },
  withoutEffect: {
    backfill: 'the search is no real-time one',
    update_period: 'the search is no real-time one',
    chunk_size: 'it splits the work, not the results',
  },
  examples: [
    {
      title: 'the average of a metric by host',
      spl: '| mstats avg(cpu.load) as load where index=metrics by host',
      input: [
        { _time: 10, index: 'metrics', host: 'a', 'metric_name:cpu.load': 2 },
        { _time: 20, index: 'metrics', host: 'a', 'metric_name:cpu.load': 4 },
      ],
      output: [{ host: 'a', load: 3 }],
    },
    {
      title: 'every measure that a wildcard names, of events that have several',
      spl: '| mstats max(cpu.*) where index=metrics',
      input: [
        { _time: 10, index: 'metrics', cpu: 1, 'metric_name:cpu.idle': 2, 'metric_name:cpu.user': 7 },
        { _time: 20, index: 'metrics', metric_name: 'cpu.idle', _value: 4 },
      ],
      output: [{ 'max(cpu.idle)': 4, 'max(cpu.user)': 7 }],
    },
  ],
});
