// The cells of a chart: states of aggregates by line and column, filled row by row.

import { load } from '../compare.js';
import { ownText, ownValue } from '../own-text.js';
import { keyOf } from '../row.js';
import type { Aggregator, Run } from '../run.js';
import type { TimeSpan } from '../time-bin.js';
import { timeOf } from '../time-range.js';
import { type FieldValue, isMultivalue, type Row } from '../value.js';
import { expressionHook, type Hooks } from './apply.js';
import { bucketOf } from './bin.js';
import type { SeriesChoice } from './chart-series.js';

/** One aggregate. */
export interface ChartPlan {
  readonly function: string;
  readonly parameter?: number;
  /** A field, perhaps with wildcards. */
  readonly field?: string;
  readonly hook?: string;
  readonly drawn?: { readonly function: string; readonly span?: number };
  readonly as: string;
}

/** What one output is: the result of an aggregate, or a formula over the results of several. */
export type ChartResult =
  | { readonly as: string; readonly of: number }
  | { readonly as: string; readonly formula: string; readonly over: readonly number[] };

/** What a chart is made by. */
export interface ChartOptions extends SeriesChoice {
  readonly aggregations: readonly ChartPlan[];
  readonly results: readonly ChartResult[];
  readonly row?: string;
  readonly column?: string;
  /**
   * chart: the rows are bins, and those without values between the first and the last are rows too. Their size, 0 where
   * the labels tell it, or their span in time.
   */
  readonly continuous?: number | TimeSpan;
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

/** The states of the aggregates of a line and a series. */
export interface Cell {
  readonly states: unknown[];
}

/** The columns of values that are not shown, and of rows without a value. */
export const other = Symbol('other');
export const nulls = Symbol('null');
/** What a column is named by. */
export type Column = string | typeof other | typeof nulls;

/** One column of the result in the making. */
export interface Series {
  readonly column: Column;
  /** How many rows it was made of. */
  events: number;
}
/** One row of the result in the making. */
export interface Line {
  readonly key: FieldValue;
  readonly cells: Map<Series, Cell>;
}
/** The column of a value that is split by; undefined for none. */
export type ColumnOf = (value: FieldValue) => Column | undefined;

/** The cells of a chart, filled row by row. */
export class Sheet {
  readonly lines = new Map<string, Line>();
  /** In order of appearance. */
  readonly series = new Map<Column, Series>();
  /** Rows that follow one another mostly belong to one line. */
  private latest: Line | undefined;
  readonly span: TimeSpan | undefined;
  readonly aggregators: readonly Aggregator[];
  private readonly options: ChartOptions;
  /** What each aggregate takes of a row; undefined for one that counts rows. */
  private readonly readers: readonly (((row: Row) => FieldValue) | undefined)[];
  private readonly bucket: ((time: number) => FieldValue) | undefined;

  constructor(
    options: ChartOptions,
    aggregators: readonly Aggregator[],
    run: Run,
    hooks: Hooks | undefined,
    span: TimeSpan | undefined,
  ) {
    this.options = options;
    this.aggregators = aggregators;
    this.span = span;
    this.readers = options.aggregations.map(({ field, hook }) => {
      if (hook !== undefined) return expressionHook(hooks, hook) ?? (() => null);
      return field === undefined ? undefined : (row: Row) => load(row[field]);
    });
    this.bucket =
      span === undefined
        ? undefined
        : bucketOf({ kind: 'time', ...span }, true, run, options.time?.alignTime);
  }

  /** Adds a row to the cells of its line and of the columns that `columnOf` gives its values. */
  add(row: Row, columnOf: ColumnOf): void {
    const { column, row: by, useNull } = this.options;
    const time = timeOf(load(row['_time']));
    let line: FieldValue = null;
    if (this.bucket !== undefined) {
      if (time === null) return;
      line = this.bucket(time);
    } else if (by !== undefined) {
      line = load(row[by]);
      if (line === null) return;
    }
    const split = column === undefined ? '' : load(row[column]);
    // A row without the field is one of the column of nulls, if there is one.
    if (split === null && !useNull) return;
    if (!isMultivalue(line) && !isMultivalue(split)) return this.addTo(line, columnOf(split), row, time);
    for (const key of this.distinct(line))
      for (const value of this.distinct(split)) this.addTo(key, columnOf(value), row, time);
  }

  private distinct(value: FieldValue): readonly FieldValue[] {
    if (!isMultivalue(value)) return [value];
    return this.options.distinct ? [...new Map(value.map((item) => [keyOf(item), item])).values()] : value;
  }

  private addTo(key: FieldValue, column: Column | undefined, row: Row, time: number | null): void {
    const line = this.latest !== undefined && this.latest.key === key ? this.latest : this.lineOf(key);
    this.latest = line;
    if (column === undefined) return;
    const series = this.seriesOf(column);
    series.events++;
    const cell = this.cellOf(line, series);
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
      line = { key: ownValue(key), cells: new Map() };
      this.lines.set(ownText(text), line);
    }
    return line;
  }

  private seriesOf(column: Column): Series {
    let series = this.series.get(column);
    if (series === undefined) {
      const own = typeof column === 'string' ? ownText(column) : column;
      series = { column: own, events: 0 };
      this.series.set(own, series);
    }
    return series;
  }

  private cellOf(line: Line, series: Series): Cell {
    let cell = line.cells.get(series);
    if (cell === undefined) {
      cell = { states: this.aggregators.map((aggregator) => aggregator.start()) };
      line.cells.set(series, cell);
    }
    return cell;
  }

  /** Whether cells can be put together without their rows. */
  get isMergeable(): boolean {
    return this.aggregators.every(({ merge }) => merge !== undefined);
  }

  /** Takes series away; their cells together become those of the column of others, where these are wanted so. */
  takeAway(left: readonly Series[], intoOther: boolean): void {
    for (const line of this.lines.values()) {
      for (const series of left) {
        const cell = line.cells.get(series);
        if (cell === undefined) continue;
        line.cells.delete(series);
        if (!intoOther) continue;
        const { states } = this.cellOf(line, this.seriesOf(other));
        this.aggregators.forEach(({ merge }, index) => {
          if (merge !== undefined) states[index] = merge(states[index], cell.states[index]);
        });
      }
    }
  }

  /** The cell of a line in a column. */
  cell(line: Line, column: Column): Cell | undefined {
    const series = this.series.get(column);
    return series === undefined ? undefined : line.cells.get(series);
  }

  /** The columns that some line has a cell of. */
  columns(): ReadonlySet<Column> {
    return new Set(
      [...this.lines.values()].flatMap(({ cells }) => Array.from(cells.keys(), ({ column }) => column)),
    );
  }
}
