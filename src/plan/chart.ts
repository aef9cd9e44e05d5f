// What chart and timechart share: their options, and aggregates as the runtime takes them.
import type { SeriesFilter, SplitBins } from '../syntax/grammar-special.js';
import type { BinSpan, Expression } from '../syntax/tree.js';
import type { LiteralRecord, Operator, PlanContext, PlannedAggregation, PlannedFormula } from './operator.js';

interface ChartOptions {
  readonly sep?: string;
  readonly format?: string;
  readonly limit?: string;
  readonly agg?: string;
  readonly usenull?: boolean;
  readonly useother?: boolean;
  readonly nullstr?: string;
  readonly otherstr?: string;
  readonly allnum?: boolean;
  readonly dedup_splitvals?: boolean;
}

/**
 * Aggregates as data, with their expressions apart under the names of hooks. With `allNumeric` those of numbers have no
 * result where a value is no number (allnum).
 */
export function aggregationArguments(
  list: readonly PlannedAggregation[],
  allNumeric = false,
): {
  readonly aggregations: readonly LiteralRecord[];
  readonly expressions: Record<string, { readonly value: Expression }>;
} {
  const expressions: Record<string, { readonly value: Expression }> = {};
  const aggregations = list.map((item, index): LiteralRecord => {
    const hook = `argument${index + 1}`;
    if (item.expression !== undefined) expressions[hook] = { value: item.expression };
    return {
      function: item.function,
      ...(item.parameter === undefined ? {} : { parameter: item.parameter }),
      ...(item.field === undefined ? {} : { field: item.field }),
      ...(item.drawn === undefined ? {} : { drawn: { ...item.drawn } }),
      ...(item.expression === undefined ? {} : { hook }),
      ...(allNumeric ? { allNumeric } : {}),
      as: item.as,
    };
  });
  return { aggregations, expressions };
}

/** The operator of chart and timechart. */
export function chartOperator(
  input: Operator,
  list: readonly (PlannedAggregation | PlannedFormula)[],
  options: ChartOptions,
  filter: SeriesFilter | undefined,
  context: PlanContext,
  axes: {
    readonly row?: string;
    readonly column?: string;
    readonly time?: LiteralRecord;
    /**
     * Rows for the bins of `row` between the first and the last that have no values: their size, 0 where the labels
     * tell it, or a span where they are times.
     */
    readonly continuous?: number | LiteralRecord;
  },
): Operator {
  const computed = list.flatMap((item) => ('formula' in item ? item.over : [item]));
  const { aggregations, expressions } = aggregationArguments(computed, options.allnum);
  const results = list.map((item, index): LiteralRecord => {
    if (!('formula' in item)) return { as: item.as, of: computed.indexOf(item) };
    const hook = `formula${index + 1}`;
    expressions[hook] = { value: item.formula };
    return { as: item.as, formula: hook, over: item.over.map((part) => computed.indexOf(part)) };
  });
  const limit = /^(top|bottom)?(\d+)$/i.exec(options.limit ?? '10');
  const reads = [
    '_time',
    ...(axes.row === undefined ? [] : [axes.row]),
    ...(axes.column === undefined ? [] : [axes.column]),
    ...computed.flatMap((item) => (item.field === undefined ? [] : [item.field])),
  ];
  return {
    op: 'apply',
    kind: 'fold',
    function: 'chart',
    input,
    arguments: {
      aggregations,
      results,
      ...axes,
      limit: Number(limit?.[2] ?? 10),
      fromBottom: limit?.[1]?.toLowerCase() === 'bottom',
      ...(options.dedup_splitvals ? { distinct: true } : {}),
      useOther: options.useother ?? true,
      otherText: options.otherstr ?? 'OTHER',
      useNull: options.usenull ?? true,
      nullText: options.nullstr ?? 'NULL',
      separator: options.sep ?? ': ',
      ...(options.format === undefined ? {} : { format: options.format }),
      ...(filter === undefined && options.agg === undefined
        ? {}
        : { filter: filterArguments(filter, options.agg ?? '', context) }),
    },
    expressions,
    ...(reads.some((name) => name.includes('*')) ? {} : { reads }),
  };
}

/** Puts the values of a field that rows or columns are split by into bins. */
export function binnedSplit(input: Operator, field: string, bin: SplitBins): Operator {
  const isTime = field === '_time' || field === '_indextime';
  if (bin.span !== undefined)
    return {
      op: 'apply',
      kind: 'values',
      function: 'bin',
      input,
      arguments: {
        span: { ...bin.span },
        isTime,
        ...(bin.aligntime === undefined ? {} : { alignTime: bin.aligntime }),
      },
      reads: [field],
      writes: [field],
    };
  return {
    op: 'apply',
    kind: 'rows',
    function: 'bin',
    input,
    arguments: {
      field,
      as: field,
      bins: bin.bins ?? 100,
      isTime,
      ...(bin.minspan === undefined ? {} : { minspan: { ...bin.minspan } }),
      ...(bin.start === undefined ? {} : { start: bin.start }),
      ...(bin.end === undefined ? {} : { end: bin.end }),
    },
  };
}

/** The aggregates that columns are scored by, in the spellings of Splunk. */
const scores = /^(?:c|count|sum|max|min|avg|mean)(?:\(.*\))?$/i;

/** Search Reference, timechart: "limit" and "agg" choose the columns, and are ignored beside a where clause. */
function filterArguments(filter: SeriesFilter | undefined, agg: string, context: PlanContext): LiteralRecord {
  const aggregate = (filter?.aggregate ?? agg).trim().toLowerCase();
  if (!scores.test(aggregate))
    context.refuse(
      `series cannot be chosen by "${filter?.aggregate ?? agg}" here`,
      'use sum, max, min, avg or count',
    );
  if (filter === undefined) return { aggregate };
  const { test } = filter;
  return test.kind === 'rank'
    ? { aggregate, rank: { count: test.count, top: test.from === 'top', negated: test.negated } }
    : { aggregate, compare: { operator: test.operator, value: test.value } };
}

/** A span as plain data. */
export function spanArgument(span: BinSpan | undefined): LiteralRecord | undefined {
  return span === undefined ? undefined : { ...span };
}
