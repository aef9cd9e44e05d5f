// timewrap: periods of time as columns beside one another.
import { load } from '../compare.js';
import { tooMany } from '../growth.js';
import { strftime } from '../strftime.js';
import type { TimeSpan } from '../time-bin.js';
import { shiftTime } from '../time-modifier.js';
import { timeOf } from '../time-range.js';
import { createRow, type FieldValue, type Row } from '../value.js';
import { zoneOf } from '../zone.js';
import type { RowsFunction } from './apply.js';

interface Options {
  readonly span: TimeSpan;
  readonly align: 'now' | 'end';
  readonly series: 'relative' | 'short' | 'exact';
  readonly format?: string;
}

/** Periods that results are put into. */
const mostPeriods = 10_000;
const unitNames: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mon: 'month',
  q: 'quarter',
  y: 'year',
};

/**
 * Search Reference, timewrap. The periods end at the end of the search (`align=end`) or now, whatever the hour; a
 * row stands at the time it has in the latest of them, and the oldest period comes first (SPL2 Search Reference,
 * "timewrap command: Overview"). A period that nothing falls into has no column.
 */
export const wrapTime: RowsFunction = (run, args) => {
  const { span, align, series, format } = args as unknown as Options;
  const zone = zoneOf(run.timezone);
  const end = (rows: readonly Row[]): number => {
    if (align === 'now') return run.now;
    if (run.latest !== undefined) return run.latest;
    // a search of all time ends with its last bucket
    let last = Number.NEGATIVE_INFINITY;
    for (const row of rows) {
      const length = Number(load(row['_span']));
      last = Math.max(last, (timeOf(load(row['_time'])) ?? last) + (length > 0 ? length : 1));
    }
    return last;
  };
  return (rows) => {
    const reference = end(rows);
    if (!Number.isFinite(reference)) return [];
    const startOf = (period: number): number =>
      shiftTime(reference, -(period + 1) * span.count, span.unit, zone);
    const periodOf = (time: number): number => {
      const length = reference - startOf(0);
      let period = Math.floor((reference - time) / length);
      if (Math.abs(period) > mostPeriods) throw tooMany('timewrap', mostPeriods, 'periods');
      while (time < startOf(period)) period++;
      while (time >= startOf(period - 1)) period--;
      return period;
    };
    const wrapped = new Map<number, Row>();
    const cells: { readonly row: Row; readonly period: number; readonly from: Row }[] = [];
    for (const from of rows) {
      const time = timeOf(load(from['_time']));
      if (time === null) continue;
      const period = periodOf(time);
      const shown = shiftTime(time, period * span.count, span.unit, zone);
      let row = wrapped.get(shown);
      if (row === undefined) {
        row = createRow();
        row['_time'] = shown;
        wrapped.set(shown, row);
      }
      cells.push({ row, period, from });
    }
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
      (name) => !name.startsWith('_'),
    );
    const periods = [...new Set(cells.map(({ period }) => period))].sort((a, b) => b - a);
    const ordered = [...wrapped.values()].sort((a, b) => Number(a['_time']) - Number(b['_time']));
    const inPeriod = new Map(
      periods.map((period) => [period, cells.filter((cell) => cell.period === period)]),
    );
    const titles = periods.map((period) =>
      title(period, span, series, strftime(startOf(period), format ?? '', zone)),
    );
    for (const name of names)
      periods.forEach((period, index) => {
        for (const { row, from } of inPeriod.get(period) ?? []) {
          const value: FieldValue = load(from[name]);
          if (value !== null) row[`${name}_${titles[index]}`] = value;
        }
      });
    run.orderColumns(['_time', ...names.flatMap((name) => titles.map((label) => `${name}_${label}`))]);
    return ordered;
  };
};

/** How a period is named: `latest_week`, `2weeks_before`; `s0`, `s2`; or as the author formats its beginning. */
function title(period: number, span: TimeSpan, series: Options['series'], formatted: string | null): string {
  if (series === 'exact') return formatted ?? '';
  if (series === 'short') return `s${period}`;
  const unit = unitNames[span.unit] ?? span.unit;
  if (period === 0) return `latest_${unit}`;
  const many = Math.abs(period) * span.count;
  return `${many}${unit}${many === 1 ? '' : 's'}_${period > 0 ? 'before' : 'after'}`;
}
