// The mstats command.
import {
  caseSensitive,
  measureField,
  metricRows,
  sampled,
  sampleSeconds,
  timeField,
} from '../plan/metrics.js';
import { appended } from '../plan/sources.js';
import { indexedStatistics, namesIn } from '../plan/tstats.js';
import { spanSeconds } from '../runtime/time-bin.js';
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
  check({ options: { span, every } }, { command, report }) {
    if (every === undefined) return;
    const fault =
      span === undefined
        ? 'is for a "span" only'
        : span.kind !== 'time' || every.kind !== 'time'
          ? 'takes a length of time'
          : sampleSeconds(every) <= spanSeconds(span)
            ? 'must be longer than the "span"'
            : undefined;
    if (fault !== undefined)
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: `"every" of "mstats" ${fault}`,
        span: command.nameSpan,
      });
  },
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
    const { span, every } = options;
    const rows = metricRows(args.aggregations, namesIn(args));
    const made = indexedStatistics(
      {
        aggregations: args.aggregations,
        where: args.where === undefined ? undefined : caseSensitive(args.where),
        by: span === undefined ? args.by : [timeField, ...(args.by ?? [])],
        span,
        fillNull: options.fillnull_value,
        partial: options.prestats ?? false,
        dataset: undefined,
        rows:
          span?.kind === 'time' && every?.kind === 'time'
            ? sampled(rows, spanSeconds(span), every, context)
            : rows,
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
    {
      title: 'a sample of the points: the first ten seconds of every minute',
      spl: '| mstats avg(cpu.load) as load span=10s every=1m',
      input: [
        { _time: 1, 'metric_name:cpu.load': 2 },
        { _time: 9, 'metric_name:cpu.load': 4 },
        { _time: 15, 'metric_name:cpu.load': 100 },
        { _time: 65, 'metric_name:cpu.load': 7 },
      ],
      output: [
        { _time: 0, load: 3 },
        { _time: 60, load: 7 },
      ],
    },
  ],
});
