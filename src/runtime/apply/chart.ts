// chart and timechart: statistics by rows and columns, with the columns named by values.

import { valuesOf } from '../multivalue.js';
import { formatNumber, toNumber } from '../number.js';
import { keyOf, read } from '../row.js';
import type { Aggregator, Run } from '../run.js';
import { compareValues } from '../sort.js';
import { nextBin, spanSeconds, type TimeSpan, timeBin } from '../time-bin.js';
import { timeOf } from '../time-range.js';
import { createRow, type FieldValue, type Row } from '../value.js';
import { zoneOf } from '../zone.js';
import { expressionHook, type RowsFunction } from './apply.js';
import { spanForBins } from './bin.js';

interface Plan {
  readonly function: string;
  readonly parameter?: number;
  readonly field?: string;
  readonly hook?: string;
  readonly as: string;
}

interface Options {
  readonly aggregations: readonly Plan[];
  readonly row?: string;
  readonly column?: string;
  /** timechart: rows are buckets of `_time`. */
  readonly time?: {
    readonly span?: TimeSpan;
    readonly bins: number;
    readonly continuous: boolean;
    readonly minimum?: number;
  };
  readonly limit: number;
  readonly fromBottom: boolean;
  readonly useOther: boolean;
  readonly otherText: string;
  readonly useNull: boolean;
  readonly nullText: string;
  readonly separator: string;
  readonly format?: string;
  readonly filter?: {
    readonly aggregate: string;
    readonly rank?: { readonly count: number; readonly top: boolean; readonly negated: boolean };
    readonly compare?: { readonly operator: string; readonly value: number };
  };
}

interface Cell {
  readonly states: unknown[];
}
interface Input {
  readonly line: FieldValue;
  readonly columns: readonly string[];
  readonly values: readonly FieldValue[];
  readonly time: number | null;
}

const other = Symbol('other');
const nulls = Symbol('null');
type Column = string | typeof other | typeof nulls;

/** Search Reference, chart and timechart. */
export const chartRows: RowsFunction = (run, args, hooks) => {
  const options = args as unknown as Options;
  const plans = options.aggregations;
  const aggregators = plans.map((plan) => run.aggregate(plan.function, plan.parameter));
  const readers = plans.map((plan) =>
    plan.hook === undefined ? undefined : expressionHook(hooks, plan.hook),
  );
  const zone = zoneOf(run.timezone);
  return (rows) => {
    const span = options.time === undefined ? undefined : timeSpan(rows, options.time, run);
    const inputs = rows.flatMap((row): Input[] => {
      const time = timeOf(read(row, '_time'));
      const lines =
        span === undefined
          ? options.row === undefined
            ? [null]
            : valuesOf(read(row, options.row))
          : time === null
            ? []
            : [timeBin(time, span, zone)];
      const columns =
        options.column === undefined
          ? ['']
          : valuesOf(read(row, options.column)).map((value) => `=${keyOf(value)}`);
      if (columns.length === 0 && options.useNull) columns.push('');
      if (columns.length === 0) return [];
      const values = plans.map((plan, index): FieldValue => {
        const reader = readers[index];
        if (reader !== undefined) return reader(row);
        return plan.field === undefined ? true : read(row, plan.field);
      });
      return lines.map((line) => ({ line, columns, values, time }));
    });
    return table(inputs, options, aggregators, run, span);
  };
};

function timeSpan(rows: readonly Row[], time: NonNullable<Options['time']>, run: Run): TimeSpan {
  if (time.span !== undefined) return time.span;
  let low = run.earliest ?? Number.POSITIVE_INFINITY;
  let high = run.latest ?? Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const at = timeOf(read(row, '_time'));
    if (at === null) continue;
    if (run.earliest === undefined && at < low) low = at;
    if (run.latest === undefined && at > high) high = at;
  }
  return spanForBins(Math.max(0, high - low), time.bins, time.minimum ?? 0);
}

function table(
  inputs: readonly Input[],
  options: Options,
  aggregators: readonly Aggregator[],
  run: Run,
  span: TimeSpan | undefined,
): Row[] {
  const chosen = chooseColumns(inputs, options, aggregators, run);
  const columnOf = (text: string): Column | undefined => {
    if (options.column === undefined) return '';
    if (text === '') return nulls;
    return chosen.has(text.slice(1))
      ? text.slice(1)
      : options.useOther && options.filter === undefined
        ? other
        : undefined;
  };
  const lines = new Map<string, { key: FieldValue; cells: Map<Column, Cell> }>();
  const seen = new Set<Column>();
  for (const input of inputs) {
    const text = keyOf(input.line);
    let line = lines.get(text);
    if (line === undefined) {
      line = { key: input.line, cells: new Map() };
      lines.set(text, line);
    }
    for (const columnText of input.columns) {
      const column = columnOf(columnText);
      if (column === undefined) continue;
      seen.add(column);
      let cell = line.cells.get(column);
      if (cell === undefined) {
        cell = { states: aggregators.map((aggregator) => aggregator.start()) };
        line.cells.set(column, cell);
      }
      add(cell, input, aggregators, options);
    }
  }
  if (span !== undefined && options.time?.continuous) fillGaps(lines, span, run);
  const columns = orderedColumns(seen, chosen, options);
  run.orderColumns([
    ...(span !== undefined ? ['_time', '_span'] : options.row === undefined ? [] : [options.row]),
    ...options.aggregations.flatMap((plan) => columns.map((column) => columnName(plan, column, options))),
  ]);
  const scope = { ...run, ...(span === undefined ? {} : { span: spanSeconds(span) }) };
  const ordered = [...lines.values()].sort((a, b) => compareValues(a.key, b.key));
  return ordered.map((line) => {
    const row = createRow();
    if (span !== undefined) {
      row['_time'] = line.key;
      row['_span'] = spanSeconds(span);
    } else if (options.row !== undefined) row[options.row] = line.key;
    options.aggregations.forEach((plan, index) => {
      for (const column of columns) {
        const cell = line.cells.get(column);
        const value =
          cell === undefined
            ? emptyValue(plan)
            : (aggregators[index] as Aggregator).finish(cell.states[index], scope);
        if (value !== null) row[columnName(plan, column, options)] = value;
      }
    });
    return row;
  });
}

/** A cell without events: a count is zero, anything else is nothing. */
function emptyValue(plan: Plan): FieldValue {
  return plan.function === 'count' || plan.function === 'dc' ? 0 : null;
}

function add(cell: Cell, input: Input, aggregators: readonly Aggregator[], options: Options): void {
  aggregators.forEach((aggregator, index) => {
    const value = input.values[index] ?? null;
    const counts =
      options.aggregations[index]?.field === undefined && options.aggregations[index]?.hook === undefined;
    if (!counts && value === null) return;
    cell.states[index] = aggregator.add(cell.states[index], counts ? null : value, input.time);
  });
}

function columnName(plan: Plan, column: Column, options: Options): string {
  if (options.column === undefined) return plan.as;
  const series = column === other ? options.otherText : column === nulls ? options.nullText : String(column);
  if (options.format !== undefined)
    return options.format.replaceAll('$AGG$', () => plan.as).replaceAll('$VAL$', () => series);
  return options.aggregations.length === 1 ? series : `${plan.as}${options.separator}${series}`;
}

/** The columns that are shown: those with the largest sums over all rows, or those a where clause names. */
function chooseColumns(
  inputs: readonly Input[],
  options: Options,
  aggregators: readonly Aggregator[],
  run: Run,
): ReadonlySet<string> {
  if (options.column === undefined) return new Set();
  const cells = new Map<string, Map<string, Cell>>();
  for (const input of inputs) {
    for (const text of input.columns) {
      if (text === '') continue;
      const column = text.slice(1);
      const lines = cells.get(column) ?? new Map<string, Cell>();
      cells.set(column, lines);
      const key = keyOf(input.line);
      const cell = lines.get(key) ?? { states: aggregators.map((aggregator) => aggregator.start()) };
      lines.set(key, cell);
      add(cell, input, aggregators, options);
    }
  }
  const scores = [...cells].map(([column, lines]) => {
    const numbers = [...lines.values()]
      .map((cell) => toNumber(aggregators[0]?.finish(cell.states[0], run) ?? null))
      .filter((value) => !Number.isNaN(value));
    return { column, score: score(numbers, options.filter?.aggregate ?? 'sum') };
  });
  const { filter } = options;
  if (filter?.compare !== undefined) {
    const { operator, value } = filter.compare;
    return new Set(scores.filter((item) => compare(item.score, operator, value)).map((item) => item.column));
  }
  scores.sort((a, b) => b.score - a.score || (a.column < b.column ? -1 : 1));
  if (filter?.rank !== undefined) {
    const { count, top, negated } = filter.rank;
    const picked = new Set((top ? scores.slice(0, count) : scores.slice(-count)).map((item) => item.column));
    return new Set(scores.map((item) => item.column).filter((column) => picked.has(column) !== negated));
  }
  if (options.limit === 0) return new Set(scores.map((item) => item.column));
  const kept = options.fromBottom ? scores.slice(-options.limit) : scores.slice(0, options.limit);
  return new Set(kept.map((item) => item.column));
}

function score(numbers: readonly number[], aggregate: string): number {
  const sum = numbers.reduce((a, b) => a + b, 0);
  if (aggregate.startsWith('max')) return numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (aggregate.startsWith('min')) return numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (aggregate.startsWith('avg') || aggregate.startsWith('mean'))
    return numbers.length === 0 ? 0 : sum / numbers.length;
  return aggregate.startsWith('count') ? numbers.length : sum;
}

function compare(score: number, operator: string, value: number): boolean {
  switch (operator) {
    case '<':
      return score < value;
    case '<=':
      return score <= value;
    case '>':
      return score > value;
    case '>=':
      return score >= value;
    case '!=':
      return score !== value;
    default:
      return score === value;
  }
}

function orderedColumns(seen: ReadonlySet<Column>, chosen: ReadonlySet<string>, options: Options): Column[] {
  if (options.column === undefined) return [''];
  const named = [...chosen].sort((a, b) => compareValues(a, b));
  return [...named, ...(seen.has(other) ? [other] : []), ...(seen.has(nulls) ? [nulls] : [])] as Column[];
}

/** Adds the buckets between the first and the last, or over the whole time range of the search. */
function fillGaps(
  lines: Map<string, { key: FieldValue; cells: Map<Column, Cell> }>,
  span: TimeSpan,
  run: Run,
): void {
  const zone = zoneOf(run.timezone);
  const times = [...lines.values()].map((line) => toNumber(line.key));
  if (times.length === 0) return;
  let first = times.reduce((a, b) => Math.min(a, b));
  let last = times.reduce((a, b) => Math.max(a, b));
  if (run.earliest !== undefined && run.earliest > 0)
    first = Math.min(first, timeBin(run.earliest, span, zone));
  if (run.latest !== undefined) last = Math.max(last, timeBin(run.latest - 1e-6, span, zone));
  let count = 0;
  for (let time = first; time <= last && count < 100_000; time = nextBin(time, span, zone), count++) {
    const key = formatNumber(time);
    if (!lines.has(key)) lines.set(key, { key: time, cells: new Map() });
  }
}
