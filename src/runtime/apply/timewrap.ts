// timewrap: periods of time as columns beside one another.
import { load } from '../compare.js';
import { tooMany } from '../growth.js';
import { strftime } from '../strftime.js';
import type { TimeSpan } from '../time-bin.js';
import { shiftTime } from '../time-modifier.js';
import { timeOf } from '../time-range.js';
import { createRow, type FieldValue, type Row } from '../value.js';
import { zoneOf } from '../zone.js';
import { argumentsAs, type RowsFunction } from './apply.js';

interface Options {
  readonly span: TimeSpan;
  readonly align: 'now' | 'end';
  readonly series: 'relative' | 'short' | 'exact';
  readonly format?: string;
}

/** Periods that results are put into. */
const mostPeriods = 10_000;
/** Units whose periods are not all of one length in days. */
const unevenUnits: ReadonlySet<string> = new Set(['mon', 'q', 'y']);
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
  const { span, align, series, format } = argumentsAs<Options>(args);
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
    const starts = new Map<number, number>();
    const startOf = (period: number): number => {
      let start = starts.get(period);
      if (start === undefined) {
        start = shiftTime(reference, -(period + 1) * span.count, span.unit, zone);
        starts.set(period, start);
      }
      return start;
    };
    const length = reference - startOf(0);
    const periodOf = (time: number): number => {
      let period = Math.floor((reference - time) / length);
      if (Math.abs(period) > mostPeriods) throw tooMany('timewrap', mostPeriods, 'periods');
      while (time < startOf(period)) period++;
      while (time >= startOf(period - 1)) period--;
      return period;
    };
    const shownAt = (time: number, period: number): number => {
      if (!unevenUnits.has(span.unit)) return shiftTime(time, period * span.count, span.unit, zone);
      // Months differ in length: a time is as many days and seconds into the latest period as it is into its own.
      const start = startOf(period);
      let days = Math.floor((time - start) / 86_400);
      if (shiftTime(start, days, 'd', zone) > time) days--;
      else if (shiftTime(start, days + 1, 'd', zone) <= time) days++;
      return shiftTime(startOf(0), days, 'd', zone) + (time - shiftTime(start, days, 'd', zone));
    };
    const wrapped = new Map<number, { readonly row: Row; readonly periods: Set<number> }[]>();
    /** The row of a time; a time that a period has twice, as when clocks go back, has two rows. */
    const rowAt = (shown: number, period: number): Row => {
      const rows = wrapped.get(shown) ?? [];
      wrapped.set(shown, rows);
      let place = rows.find(({ periods }) => !periods.has(period));
      if (place === undefined) {
        place = { row: createRow(), periods: new Set() };
        place.row['_time'] = shown;
        rows.push(place);
      }
      place.periods.add(period);
      return place.row;
    };
    const names = new Set<string>();
    const titles = new Map<number, string>();
    for (const from of rows) {
      for (const name in from) if (!name.startsWith('_')) names.add(name);
      const time = timeOf(load(from['_time']));
      if (time === null) continue;
      const period = periodOf(time);
      let label = titles.get(period);
      if (label === undefined) {
        label = title(period, span, series, strftime(startOf(period), format ?? '', zone));
        titles.set(period, label);
      }
      const row = rowAt(shownAt(time, period), period);
      for (const name in from) {
        if (name.startsWith('_')) continue;
        const value: FieldValue = load(from[name]);
        if (value !== null) row[`${name}_${label}`] = value;
      }
    }
    const labels = [...titles].sort(([a], [b]) => b - a).map(([, label]) => label);
    run.orderColumns(['_time', ...[...names].flatMap((name) => labels.map((label) => `${name}_${label}`))]);
    return [...wrapped].sort(([a], [b]) => a - b).flatMap(([, places]) => places.map(({ row }) => row));
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
