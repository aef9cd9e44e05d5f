// chart and timechart: statistics by rows and columns, with the columns named by values.

import { load } from '../compare.js';
import { formatNumber, toNumber } from '../number.js';
import { fillWildcards, wildcardParts } from '../pattern.js';
import { fieldNames, keyOf } from '../row.js';
import type { Aggregator, Run } from '../run.js';
import { compareValues } from '../sort.js';
import { nextBin, spanSeconds, type TimeSpan, timeBin } from '../time-bin.js';
import { timeOf } from '../time-range.js';
import { createRow, type FieldValue, isMultivalue, type Row } from '../value.js';
import { zoneOf } from '../zone.js';
import { expressionHook, type Hooks, type RowsFunction } from './apply.js';
import { alignment, bucketOf, spanForBins } from './bin.js';
import { chooseSeries, type SeriesChoice } from './chart-series.js';

interface Plan {
  readonly function: string;
  readonly parameter?: number;
  /** A field, perhaps with wildcards. */
  readonly field?: string;
  readonly hook?: string;
  readonly as: string;
}

/** What one output is: the result of an aggregate, or a formula over the results of several. */
type Result =
  | { readonly as: string; readonly of: number }
  | { readonly as: string; readonly formula: string; readonly over: readonly number[] };

interface Options extends SeriesChoice {
  readonly aggregations: readonly Plan[];
  readonly results: readonly Result[];
  readonly row?: string;
  readonly column?: string;
  /** timechart: rows are buckets of `_time`. */
  readonly time?: {
    readonly span?: TimeSpan;
    readonly bins: number;
    readonly continuous: boolean;
    readonly minimum?: number;
    readonly alignTime?: string;
    /** `partial=f`: buckets that the time range of the search cuts are left out. */
    readonly wholeOnly?: boolean;
    /** `fixedrange=f`: the events alone say where the buckets begin and end. */
    readonly ofEvents?: boolean;
  };
  /** Repeated values of a multivalue field that is split by count once. */
  readonly distinct?: boolean;
  readonly useOther: boolean;
  readonly otherText: string;
  readonly useNull: boolean;
  readonly nullText: string;
  readonly separator: string;
  readonly format?: string;
}

interface Cell {
  readonly states: unknown[];
}

const other = Symbol('other');
const nulls = Symbol('null');
type Column = string | typeof other | typeof nulls;

/** One column of the result in the making. */
interface Series {
  readonly column: Column;
  /** Where its cells stand in a line. */
  readonly index: number;
  /** How many rows it was made of. */
  events: number;
}
/** One row of the result in the making. */
interface Line {
  readonly key: FieldValue;
  /** By the index of the series. */
  cells: (Cell | undefined)[];
}
/** The column of a value that is split by; undefined for none. */
type ColumnOf = (value: FieldValue) => Column | undefined;

/** Search Reference, chart and timechart. */
export const chartRows: RowsFunction = (run, args, hooks) => {
  const written = args as unknown as Options;
  return (rows) => {
    const options = expanded(written, rows);
    const aggregators = options.aggregations.map((plan) => run.aggregate(plan.function, plan.parameter));
    const span = options.time === undefined ? undefined : timeSpan(rows, options.time, run);
    const sheet = new Sheet(options, aggregators, run, hooks, span);
    return table(sheet, rows, options, aggregators, run, hooks, span);
  };
};

/** The cells of a chart, filled row by row. */
class Sheet {
  readonly lines = new Map<string, Line>();
  /** In order of appearance. */
  readonly series = new Map<Column, Series>();
  /** Rows that follow one another mostly belong to one line. */
  private latest: Line | undefined;
  private readonly options: Options;
  private readonly aggregators: readonly Aggregator[];
  /** What each aggregate takes of a row; undefined for one that counts rows. */
  private readonly readers: readonly (((row: Row) => FieldValue) | undefined)[];
  private readonly bucket: ((time: number) => FieldValue) | undefined;

  constructor(
    options: Options,
    aggregators: readonly Aggregator[],
    run: Run,
    hooks: Hooks | undefined,
    span: TimeSpan | undefined,
  ) {
    this.options = options;
    this.aggregators = aggregators;
    this.readers = options.aggregations.map(({ field, hook }) => {
      if (hook !== undefined) return expressionHook(hooks, hook) ?? (() => null);
      return field === undefined ? undefined : (row: Row) => load(row[field]);
    });
    this.bucket =
      span === undefined
        ? undefined
        : bucketOf({ kind: 'time', ...span }, true, run, options.time?.alignTime);
  }

  /** Adds rows to the cells of their lines and of the columns that `columnOf` gives their values. */
  add(rows: readonly Row[], columnOf: ColumnOf): void {
    const { column, row: by, useNull } = this.options;
    for (const row of rows) {
      const time = timeOf(load(row['_time']));
      let line: FieldValue = null;
      if (this.bucket !== undefined) {
        if (time === null) continue;
        line = this.bucket(time);
      } else if (by !== undefined) {
        line = load(row[by]);
        if (line === null) continue;
      }
      const split = column === undefined ? '' : load(row[column]);
      // A row without the field is one of the column of nulls, if there is one.
      if (split === null && !useNull) continue;
      if (!isMultivalue(line) && !isMultivalue(split)) {
        this.addTo(line, columnOf(split), row, time);
        continue;
      }
      for (const key of this.distinct(line))
        for (const value of this.distinct(split)) this.addTo(key, columnOf(value), row, time);
    }
  }

  private distinct(value: FieldValue): readonly FieldValue[] {
    if (!isMultivalue(value)) return [value];
    return this.options.distinct ? [...new Map(value.map((item) => [keyOf(item), item])).values()] : value;
  }

  private addTo(key: FieldValue, column: Column | undefined, row: Row, time: number | null): void {
    const line = this.latest !== undefined && this.latest.key === key ? this.latest : this.lineOf(key);
    this.latest = line;
    if (column === undefined) return;
    let series = this.series.get(column);
    if (series === undefined) {
      series = { column, index: this.series.size, events: 0 };
      this.series.set(column, series);
    }
    series.events++;
    let cell = line.cells[series.index];
    if (cell === undefined) {
      cell = { states: this.aggregators.map((aggregator) => aggregator.start()) };
      for (let index = line.cells.length; index <= series.index; index++) line.cells.push(undefined);
      line.cells[series.index] = cell;
    }
    const { states } = cell;
    for (let index = 0; index < states.length; index++) {
      const aggregator = this.aggregators[index] as Aggregator;
      const reader = this.readers[index];
      const value = reader === undefined ? null : reader(row);
      if (reader === undefined || value !== null) states[index] = aggregator.add(states[index], value, time);
    }
  }

  private lineOf(key: FieldValue): Line {
    const text = keyOf(key);
    let line = this.lines.get(text);
    if (line === undefined) {
      line = { key, cells: [] };
      this.lines.set(text, line);
    }
    return line;
  }

  /** The cell of a line in a column. */
  cell(line: Line, column: Column): Cell | undefined {
    const series = this.series.get(column);
    return series === undefined ? undefined : line.cells[series.index];
  }

  /** The columns that some line has a cell of. */
  columns(): ReadonlySet<Column> {
    const lines = [...this.lines.values()];
    const filled = [...this.series.values()].filter(({ index }) => lines.some((line) => line.cells[index]));
    return new Set(filled.map(({ column }) => column));
  }

  /** Takes the cells of columns away. */
  clear(columns: readonly Column[]): void {
    for (const column of columns) {
      const index = this.series.get(column)?.index ?? -1;
      for (const { cells } of this.lines.values()) if (index < cells.length) cells[index] = undefined;
    }
  }
}

/** Aggregates over a wildcard become one for every field that it matches. */
function expanded(options: Options, rows: readonly Row[]): Options {
  if (!options.aggregations.some((plan) => plan.field?.includes('*'))) return options;
  const names = new Set(rows.flatMap((row) => fieldNames(row)));
  for (const name of [options.row, options.column]) if (name !== undefined) names.delete(name);
  const aggregations = [...options.aggregations];
  const results = options.results.flatMap((result): Result[] => {
    const plan = 'of' in result ? options.aggregations[result.of] : undefined;
    const { field } = plan ?? {};
    if (plan === undefined || !field?.includes('*')) return [result];
    return [...names].flatMap((name): Result[] => {
      const parts = name.startsWith('_') && !field.startsWith('_') ? null : wildcardParts(field, name);
      if (parts === null) return [];
      const as = fillWildcards(result.as, parts);
      aggregations.push({ ...plan, field: name, as });
      return [{ as, of: aggregations.length - 1 }];
    });
  });
  return { ...options, aggregations, results };
}

function timeSpan(rows: readonly Row[], time: NonNullable<Options['time']>, run: Run): TimeSpan {
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

function table(
  sheet: Sheet,
  rows: readonly Row[],
  options: Options,
  aggregators: readonly Aggregator[],
  run: Run,
  hooks: Hooks | undefined,
  span: TimeSpan | undefined,
): Row[] {
  const { lines } = sheet;
  sheet.add(rows, (value) => (value === null ? nulls : keyOf(value)));
  const chosen =
    options.column === undefined ? new Set(['']) : chooseColumns(sheet, options, aggregators, run, hooks);
  const left = [...sheet.series.keys()].filter((column) => typeof column === 'string' && !chosen.has(column));
  if (left.length > 0) {
    sheet.clear(left);
    // The values of all other columns together are not those of their results, so their rows are read once more.
    if (options.useOther)
      sheet.add(rows, (value) => (value === null || chosen.has(keyOf(value)) ? undefined : other));
  }
  const seen = sheet.columns();
  if (span !== undefined && options.time?.continuous) fillGaps(lines, span, run, options.time);
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
  options: Options,
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
function emptyValue(plan: Plan | undefined): FieldValue {
  return plan?.function === 'count' || plan?.function === 'dc' ? 0 : null;
}

function columnName(as: string, column: Column, options: Options): string {
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
  options: Options,
  aggregators: readonly Aggregator[],
  run: Run,
  hooks: Hooks | undefined,
): ReadonlySet<string> {
  const finished = resultsOf(options, aggregators, run, hooks);
  const lines = [...sheet.lines.values()];
  const named = [...sheet.series.values()].flatMap(({ column, index, events }) =>
    typeof column === 'string' ? [{ column, index, events }] : [],
  );
  const list = named.map(({ column, index, events }) => ({
    column,
    events,
    numbers: lines.flatMap(({ cells }) => {
      const cell = cells[index];
      const number = cell === undefined ? Number.NaN : toNumber(finished(cell)[0] ?? null);
      return Number.isNaN(number) ? [] : [number];
    }),
  }));
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

function orderedColumns(seen: ReadonlySet<Column>, chosen: ReadonlySet<string>, options: Options): Column[] {
  if (options.column === undefined) return [''];
  const named = [...chosen].sort(compareLabels);
  return [...named, ...(seen.has(other) ? [other] : []), ...(seen.has(nulls) ? [nulls] : [])] as Column[];
}

/** Adds the buckets between the first and the last, or over the whole time range of the search. */
function fillGaps(
  lines: Map<string, Line>,
  span: TimeSpan,
  run: Run,
  time: NonNullable<Options['time']>,
): void {
  const zone = zoneOf(run.timezone);
  const times = [...lines.values()].map((line) => toNumber(line.key));
  if (times.length === 0) return;
  let first = times.reduce((a, b) => Math.min(a, b));
  let last = times.reduce((a, b) => Math.max(a, b));
  const align = alignment(time.alignTime, run);
  const { earliest, latest } = time.ofEvents ? {} : run;
  if (earliest !== undefined && earliest > 0) first = Math.min(first, timeBin(earliest, span, zone, align));
  if (latest !== undefined) last = Math.max(last, timeBin(latest - 1e-6, span, zone, align));
  let count = 0;
  for (let start = first; start <= last && count < 100_000; start = nextBin(start, span, zone), count++) {
    const key = formatNumber(start);
    if (!lines.has(key)) lines.set(key, { key: start, cells: [] });
  }
}
