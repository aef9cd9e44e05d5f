// Spans of time: the start of the bucket that an instant falls into.
import { snapTime } from './time-modifier.js';
import { daysFromCivil, fromCalendar, toCalendar, type Zone } from './zone.js';

/** A span of time as bin, timechart and tstats take it. */
export interface TimeSpan {
  readonly count: number;
  readonly unit: 'us' | 'ms' | 'cs' | 'ds' | 's' | 'm' | 'h' | 'd' | 'w' | 'mon' | 'q' | 'y';
  /** `@d`, where buckets begin. */
  readonly snap?: string;
}

const fixedSeconds: Readonly<Record<string, number>> = {
  us: 1e-6,
  ms: 1e-3,
  cs: 1e-2,
  ds: 0.1,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};
const months: Readonly<Record<string, number>> = { mon: 1, q: 3, y: 12 };

/** Length of a span in seconds; months count 30 days, for rates only. */
export function spanSeconds(span: TimeSpan): number {
  const fixed = fixedSeconds[span.unit];
  return span.count * (fixed ?? (months[span.unit] ?? 1) * 30 * 86_400);
}

/**
 * The start of the bucket of a time. Spans of days and longer follow the calendar of the zone, shorter ones its
 * offset; without an alignment buckets are counted from 1970. Days and longer are never aligned to anything else
 * (Search Reference, bin, aligntime).
 */
export function timeBin(time: number, span: TimeSpan, zone: Zone, align?: number): number {
  const fixed = fixedSeconds[span.unit];
  if (fixed !== undefined) {
    if (span.unit === 'd' || span.unit === 'w') return dayBin(time, span, zone);
    const length = fixed * span.count;
    if (align !== undefined) return align + floorTo(time - align, length);
    const offset = zone.offsetAt(time);
    // Fractions of a second are kept exact by counting in whole buckets.
    return floorTo(time + offset, length) - offset;
  }
  const every = (months[span.unit] ?? 1) * span.count;
  const at = toCalendar(time, zone);
  const index = Math.floor((at.year * 12 + at.month - 1) / every) * every;
  return startOfDay(Math.floor(index / 12), (index % 12) + 1, 1, zone);
}

function floorTo(value: number, length: number): number {
  if (length >= 1) return Math.floor(value / length) * length;
  const parts = Math.round(1 / length);
  return Math.floor(value * parts + 1e-7) / parts;
}

function dayBin(time: number, span: TimeSpan, zone: Zone): number {
  const days = span.count * (span.unit === 'w' ? 7 : 1);
  const weekday = /^@w(\d)?$/.exec(span.snap ?? '');
  if (weekday !== null && span.unit === 'w' && span.count === 1)
    return snapTime(time, 'w', Number(weekday[1] ?? 0) % 7, zone);
  const at = toCalendar(time, zone);
  const day = daysFromCivil(at.year, at.month, at.day);
  const back = day - Math.floor(day / days) * days;
  return startOfDay(at.year, at.month, at.day - back, zone);
}

function startOfDay(year: number, month: number, day: number, zone: Zone): number {
  return fromCalendar(year, month, day, 0, 0, 0, zone);
}

/** The start of the bucket after the one that begins at `start`. */
export function nextBin(start: number, span: TimeSpan, zone: Zone): number {
  const at = toCalendar(start, zone);
  if (span.unit === 'd' || span.unit === 'w')
    return startOfDay(at.year, at.month, at.day + span.count * (span.unit === 'w' ? 7 : 1), zone);
  const fixed = fixedSeconds[span.unit];
  if (fixed !== undefined) return start + fixed * span.count;
  const index = at.year * 12 + at.month - 1 + (months[span.unit] ?? 1) * span.count;
  return startOfDay(Math.floor(index / 12), (index % 12) + 1, 1, zone);
}
