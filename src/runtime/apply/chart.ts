// chart and timechart: statistics by rows and columns, with the columns named by values.

import { load } from '../compare.js';
import { formatNumber, toNumber } from '../number.js';
import { fillWildcards, wildcardParts } from '../pattern.js';
import { fieldNames, keyOf } from '../row.js';
import type { Aggregator, Run } from '../run.js';
import { compareValues } from '../sort.js';
import { nextBin, spanSeconds, type TimeSpan, timeBin } from '../time-bin.js';
import { timeOf } from '../time-range.js';
import { createRow, type FieldValue, type Row } from '../value.js';
import { zoneOf } from '../zone.js';
import { argumentsAs, expressionHook, type FoldFunction, type Hooks } from './apply.js';
import { alignment, type Range, rangeLabel, rangeOf, spanForBins } from './bin.js';
import { chooseSeries } from './chart-series.js';
import {
  type Cell,
  type ChartOptions,
  type ChartPlan,
  type ChartResult,
  type Column,
  type ColumnOf,
  type Line,
  nulls,
  other,
  Sheet,
} from './chart-sheet.js';

/** Search Reference, chart and timechart. */
export const chartFold: FoldFunction = (run, args, hooks) => {
  const written = argumentsAs<ChartOptions>(args);
  const begin = (options: ChartOptions, span: TimeSpan | undefined): Sheet => {
    const aggregators = options.aggregations.map((plan) => run.aggregate(plan));
    return new Sheet(options, aggregators, run, hooks, span);
  };
  const all: Row[] = [];
  const early = begin(written, written.time?.span);
  // Rows are held where all of them say what the chart is, or where some are to be counted a second time.
  const isHeld =
    (written.time !== undefined && written.time.span === undefined) ||
    written.aggregations.some((plan) => plan.field?.includes('*')) ||
    (written.column !== undefined && written.useOther && !early.isMergeable);
  if (!isHeld)
    return {
      push: (row) => early.add(row, columnOfValue),
      rows: () => table(early, [], written, run, hooks),
    };
  return {
    push: (row) => all.push(row),
    rows() {
      const options = expanded(written, all);
      const sheet = begin(options, options.time === undefined ? undefined : timeSpan(all, options.time, run));
      for (const row of all) sheet.add(row, columnOfValue);
      return table(sheet, all, options, run, hooks);
    },
  };
};

const columnOfValue: ColumnOf = (value) => (value === null ? nulls : keyOf(value));

/** Aggregates over a wildcard become one for every field that it matches. */
function expanded(options: ChartOptions, rows: readonly Row[]): ChartOptions {
  if (!options.aggregations.some((plan) => plan.field?.includes('*'))) return options;
  const names = new Set(rows.flatMap((row) => fieldNames(row)));
  for (const name of [options.row, options.column]) if (name !== undefined) names.delete(name);
  const aggregations = [...options.aggregations];
  const results = options.results.flatMap((result): ChartResult[] => {
    const plan = 'of' in result ? options.aggregations[result.of] : undefined;
    const { field } = plan ?? {};
    if (plan === undefined || !field?.includes('*')) return [result];
    return [...names].flatMap((name): ChartResult[] => {
      const parts = name.startsWith('_') && !field.startsWith('_') ? null : wildcardParts(field, name);
      if (parts === null) return [];
      const as = fillWildcards(result.as, parts);
      aggregations.push({ ...plan, field: name, as });
      return [{ as, of: aggregations.length - 1 }];
    });
  });
  return { ...options, aggregations, results };
}

function timeSpan(rows: readonly Row[], time: NonNullable<ChartOptions['time']>, run: Run): TimeSpan {
  if (time.span !== undefined) return time.span;
  const { earliest, latest } = time.ofEvents ? {} : run;
  let low = earliest ?? Number.POSITIVE_INFINITY;
  let high = latest ?? Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const at = timeOf(load(row['_time']));
    if (at === null) continue;
    if (earliest === undefined && at < low) low = at;
    if (latest === undefined && at > high) high = at;
  }
  return low > high ? spanForBins(0, 0, time.bins) : spanForBins(low, high, time.bins, time.minimum ?? 0);
}

/** The rows of a filled sheet. `rows` are those it was filled with, where they may be needed again. */
function table(
  sheet: Sheet,
  rows: readonly Row[],
  options: ChartOptions,
  run: Run,
  hooks: Hooks | undefined,
): Row[] {
  const { lines, aggregators, span } = sheet;
  const chosen =
    options.column === undefined ? new Set(['']) : chooseColumns(sheet, options, aggregators, run, hooks);
  const left = [...sheet.series.values()].filter(
    ({ column }) => typeof column === 'string' && !chosen.has(column),
  );
  const merges = options.useOther && sheet.isMergeable;
  sheet.takeAway(left, merges);
  // The values of all other columns together are not those of their results, so their rows are read once more.
  if (left.length > 0 && options.useOther && !merges) {
    for (const row of rows)
      sheet.add(row, (value) => (value === null || chosen.has(keyOf(value)) ? undefined : other));
  }
  const seen = sheet.columns();
  if (span !== undefined && options.time?.continuous) fillGaps(lines, span, run, options.time);
  if (typeof options.continuous === 'number') fillRanges(lines, options.continuous, run);
  else if (options.continuous !== undefined) fillGaps(lines, options.continuous, run, { ofEvents: true });
  const columns = orderedColumns(seen, chosen, options);
  run.orderColumns([
    ...(span !== undefined ? ['_time', '_span'] : options.row === undefined ? [] : [options.row]),
    ...options.results.flatMap(({ as }) => columns.map((column) => columnName(as, column, options))),
  ]);
  const scope = { ...run, ...(span === undefined ? {} : { span: spanSeconds(span) }) };
  const finished = resultsOf(options, aggregators, scope, hooks);
  let ordered = [...lines.values()].sort((a, b) => compareLabels(a.key, b.key));
  if (span !== undefined && options.time?.wholeOnly) ordered = ordered.filter(isWhole(span, run));
  return ordered.map((line) => {
    const row = createRow();
    if (span !== undefined) {
      row['_time'] = line.key;
      row['_span'] = spanSeconds(span);
    } else if (options.row !== undefined) row[options.row] = line.key;
    const values = columns.map((column) => finished(sheet.cell(line, column)));
    options.results.forEach((result, index) => {
      columns.forEach((column, place) => {
        const value = values[place]?.[index] ?? null;
        if (value !== null) row[columnName(result.as, column, options)] = value;
      });
    });
    return row;
  });
}

/** The results of a cell in order, formulas computed. */
function resultsOf(
  options: ChartOptions,
  aggregators: readonly Aggregator[],
  scope: unknown,
  hooks: Hooks | undefined,
): (cell: Cell | undefined) => FieldValue[] {
  const formulas = options.results.map((result) =>
    'formula' in result ? expressionHook(hooks, result.formula) : undefined,
  );
  return (cell) => {
    const value = (index: number): FieldValue =>
      cell === undefined
        ? emptyValue(options.aggregations[index])
        : (aggregators[index] as Aggregator).finish(cell.states[index], scope);
    return options.results.map((result, place) => {
      if ('of' in result) return value(result.of);
      if (cell === undefined) return null;
      const row = createRow();
      for (const index of result.over) row[options.aggregations[index]?.as ?? ''] = value(index);
      return formulas[place]?.(row) ?? null;
    });
  };
}

/** Whether a bucket lies within the time range of the search. */
function isWhole(span: TimeSpan, run: Run): (line: { readonly key: FieldValue }) => boolean {
  const zone = zoneOf(run.timezone);
  return ({ key }) => {
    const start = toNumber(key);
    if (run.earliest !== undefined && start < run.earliest) return false;
    return run.latest === undefined || nextBin(start, span, zone) <= run.latest;
  };
}

/** A cell without events: a count is zero, anything else is nothing. */
function emptyValue(plan: ChartPlan | undefined): FieldValue {
  return plan?.function === 'count' || plan?.function === 'dc' ? 0 : null;
}

function columnName(as: string, column: Column, options: ChartOptions): string {
  if (options.column === undefined) return as;
  const series = column === other ? options.otherText : column === nulls ? options.nullText : String(column);
  if (options.format !== undefined)
    return options.format.replaceAll('$AGG$', () => as).replaceAll('$VAL$', () => series);
  if (options.results.length > 1) return `${as}${options.separator}${series}`;
  // Search Reference, timechart: VALUE stands before names that would be those of internal fields.
  return series.startsWith('_') ? `VALUE${series}` : series;
}

function chooseColumns(
  sheet: Sheet,
  options: ChartOptions,
  aggregators: readonly Aggregator[],
  run: Run,
  hooks: Hooks | undefined,
): ReadonlySet<string> {
  const finished = resultsOf(options, aggregators, run, hooks);
  const lines = [...sheet.lines.values()];
  const list = [...sheet.series.values()].flatMap((series) => {
    const { column, events } = series;
    if (typeof column !== 'string') return [];
    const numbers = lines.flatMap(({ cells }) => {
      const cell = cells.get(series);
      const number = cell === undefined ? Number.NaN : toNumber(finished(cell)[0] ?? null);
      return Number.isNaN(number) ? [] : [number];
    });
    return [{ column, events, numbers }];
  });
  return chooseSeries(list, options, options.results.length);
}

const rangePattern = /^(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)--?\d/;

/** Ranges of numbers (`5-10`) go by where they begin, anything else like every value. */
function compareLabels(a: FieldValue, b: FieldValue): number {
  if (typeof a === 'string' && typeof b === 'string') {
    const [first, second] = [rangePattern.exec(a)?.[1], rangePattern.exec(b)?.[1]];
    if (first !== undefined && second !== undefined) return Number(first) - Number(second);
  }
  return compareValues(a, b);
}

function orderedColumns(
  seen: ReadonlySet<Column>,
  chosen: ReadonlySet<string>,
  options: ChartOptions,
): Column[] {
  if (options.column === undefined) return [''];
  const named = [...chosen].sort(compareLabels);
  return [...named, ...(seen.has(other) ? [other] : []), ...(seen.has(nulls) ? [nulls] : [])] as Column[];
}

/** How many buckets without events are added at most. */
const mostGaps = 100_000;
/** How many bins of numbers there may be: limits.conf, discretize, maxbins. */
const mostRanges = 50_000;

/** Adds the buckets between the first and the last, or over the whole time range of the search. */
function fillGaps(
  lines: Map<string, Line>,
  span: TimeSpan,
  run: Run,
  time: { readonly alignTime?: string; readonly ofEvents?: boolean },
): void {
  const zone = zoneOf(run.timezone);
  const times = [...lines.values()].map((line) => toNumber(line.key)).filter((at) => !Number.isNaN(at));
  if (times.length === 0) return;
  let first = times.reduce((a, b) => Math.min(a, b));
  let last = times.reduce((a, b) => Math.max(a, b));
  const align = alignment(time.alignTime, run);
  const { earliest, latest } = time.ofEvents ? {} : run;
  if (earliest !== undefined && earliest > 0) first = Math.min(first, timeBin(earliest, span, zone, align));
  if (latest !== undefined) last = Math.max(last, timeBin(latest - 1e-6, span, zone, align));
  let count = 0;
  for (let start = first; start <= last && count < mostGaps; start = nextBin(start, span, zone), count++) {
    const key = formatNumber(start);
    if (!lines.has(key)) lines.set(key, { key: start, cells: new Map() });
  }
}

/** Adds the ranges between the first and the last, all of one size. Other values may look like a range. */
function fillRanges(lines: Map<string, Line>, size: number, run: Run): void {
  const ranges = [...lines.values()].flatMap(({ key }) => rangeOf(key) ?? []);
  const width = size > 0 ? size : ranges.length === 0 ? 0 : sizeOf(ranges[0] as Range);
  const own = ranges.filter((range) => Math.abs(sizeOf(range) - width) <= width / 1e6);
  if (own.length === 0 || (size === 0 && own.length < ranges.length)) return;
  const starts = own.map(({ start }) => start);
  const first = starts.reduce((a, b) => Math.min(a, b));
  const last = starts.reduce((a, b) => Math.max(a, b));
  const gaps = Math.round((last - first) / width);
  if (gaps > mostRanges)
    return run.warn(`chart: more than ${mostRanges} ranges have no values, none of them is shown`);
  // The middle of a range is never taken for the one beside it.
  for (let i = 1; i < gaps; i++) {
    const key = rangeLabel(first + (i + 0.5) * width, width);
    if (!lines.has(key)) lines.set(key, { key, cells: new Map() });
  }
}

function sizeOf({ start, end }: Range): number {
  return end - start;
}
