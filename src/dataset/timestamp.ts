// Recognises the timestamps that logs use, by hand-written scanning: this runs once for every event.
import { abbreviationOffset, zonedToEpoch } from './zone.js';

/** What a timestamp without a zone or a year is read by. */
export interface ClockContext {
  /** Zone of timestamps that name none. */
  readonly zone: string;
  /** Epoch seconds; a timestamp without a year is the last such day not more than a day after this. */
  readonly now: number;
}

/** A timestamp found in a text. */
export interface FoundTime {
  readonly time: number;
  /** Offsets of the timestamp in the text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** How far into an event Splunk looks for a timestamp when nothing says where it stands. */
export const DEFAULT_LOOKAHEAD = 128;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Returns 0 … 11 for an English month name or its first three letters, -1 for anything else. */
export function monthNumber(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase());
}

function daysOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Returns the wall clock's epoch seconds, or NaN when a part is out of its bounds. `month` is 1 … 12. */
export function wallTime(y: number, month: number, d: number, h: number, mi: number, s: number): number {
  if (!(month >= 1 && month <= 12 && d >= 1) || h > 24 || mi > 59 || s >= 61) return Number.NaN;
  if (d > 28 && d > daysOfMonth(y, month)) return Number.NaN;
  return Date.UTC(y, month - 1, d, h, mi, 0) / 1000 + s;
}

/** Returns the year in which a timestamp without one lies: the latest that is not in the future. */
export function guessYear(month: number, day: number, now: number): number {
  const year = new Date(now * 1000).getUTCFullYear();
  return Date.UTC(year, month - 1, day) / 1000 > now + 2 * 86400 ? year - 1 : year;
}

const zonePattern = /[ ]?(?:(Z)(?![A-Za-z])|([+-])(\d{2}):?(\d{2})(?!\d)|\(?([A-Z]{3,4})\)?(?![A-Za-z]))/y;

interface Zone {
  readonly offset: number | undefined;
  readonly end: number;
}

function zoneAt(text: string, at: number): Zone {
  const code = text.charCodeAt(at);
  if (code === 90 /* Z */) return { offset: 0, end: at + 1 };
  if (code !== 32 && code !== 43 && code !== 45) return { offset: undefined, end: at };
  zonePattern.lastIndex = at;
  const match = zonePattern.exec(text);
  if (!match) return { offset: undefined, end: at };
  if (match[1]) return { offset: 0, end: zonePattern.lastIndex };
  if (match[2]) {
    const size = Number(match[3]) * 3600 + Number(match[4]) * 60;
    return { offset: match[2] === '-' ? -size : size, end: zonePattern.lastIndex };
  }
  const offset = abbreviationOffset(match[5]!);
  return offset === undefined ? { offset: undefined, end: at } : { offset, end: zonePattern.lastIndex };
}

function toEpoch(wall: number, zone: Zone, clock: ClockContext): number {
  return zone.offset === undefined ? zonedToEpoch(wall, clock.zone) : wall - zone.offset;
}

// Seconds with their fraction keep microseconds exactly as a decimal reading would: 1.000001, not 1.0000009999.
function joinFraction(wall: number, digits: string): number {
  if (digits === '') return wall;
  // Both are whole numbers that a double holds, so that their quotient is the one nearest to the decimal text.
  const scale = 10 ** Math.min(digits.length, 6);
  if (wall >= 0 && wall < 4e9) return (wall * scale + Number(digits.slice(0, 6))) / scale;
  return Number(`${wall}.${digits.slice(0, 6)}`);
}

const isoPattern =
  /(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T|t|[ ]{1,2}|\t|:|_|\s\|\s|,\s?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?/y;
const compactPattern = /(\d{4})(\d{2})(\d{2})[T ]?(\d{2})(\d{2})(\d{2})(?:[.,](\d{1,9}))?(?!\d)/y;
const accessPattern =
  /(\d{1,2})[/ -]([A-Za-z]{3,9})[/ -](\d{4})[: ](\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?/y;
const monthFirstPattern =
  /([A-Za-z]{3,9})\.?[ ]{1,2}(\d{1,2})(?:,?[ ](\d{4}))?,?(?:[ ]at)?[ ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:[ ]?([AaPp])\.?[Mm]\.?)?(?:[ ](?:([A-Z]{3,4})[ ])?(\d{4})(?![\d:.-]))?/y;
const usPattern =
  /(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?:,)?[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?(?:[ ]?([AaPp])\.?[Mm]\.?)?/y;
const dottedPattern = /(\d{1,2})\.(\d{1,2})\.(\d{4}),?[ ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?/y;
const epochPattern = /(\d{10})(\d{3}|\d{6}|\d{9})?(?:\.(\d{1,9}))?(?![\d.]?\d|[A-Za-z_])/y;

function twelveHour(hour: number, half: string | undefined): number {
  if (!half) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half === 'p' || half === 'P' ? 12 : 0);
}

function finish(
  wall: number,
  fraction: string | undefined,
  end: number,
  start: number,
  text: string,
  clock: ClockContext,
) {
  if (Number.isNaN(wall)) return null;
  const zone = zoneAt(text, end);
  const time = joinFraction(toEpoch(wall, zone, clock), fraction ?? '');
  return { time, start, end: zone.end };
}

const digit = (text: string, at: number) => text.charCodeAt(at) - 48;
const isDigitValue = (value: number) => value >= 0 && value <= 9;
// Two digits as a number; anything else makes it NaN, which fails every comparison.
function two(text: string, at: number): number {
  const high = digit(text, at);
  const low = digit(text, at + 1);
  return isDigitValue(high) && isDigitValue(low) ? high * 10 + low : Number.NaN;
}

let cachedDay = 0;
let cachedDayTime = 0;

// `2024-02-08T21:49:53.7643129Z`, by far the commonest form: anything else is left to the pattern.
function isoInUtcAt(text: string, at: number): FoundTime | null {
  if (text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 7) !== 45) return null;
  const between = text.charCodeAt(at + 10);
  if (
    (between !== 84 && between !== 32) ||
    text.charCodeAt(at + 13) !== 58 ||
    text.charCodeAt(at + 16) !== 58
  ) {
    return null;
  }
  let end = at + 19;
  let fraction = 0;
  let scale = 1;
  if (text.charCodeAt(end) === 46) {
    for (end++; isDigitValue(digit(text, end)); end++) {
      // Beyond the 15th digit of the whole number nothing more can be held.
      if (scale >= 1e6) continue;
      fraction = fraction * 10 + digit(text, end);
      scale *= 10;
    }
  }
  if (text.charCodeAt(end) !== 90) return null;
  const minute = two(text, at + 14);
  const second = two(text, at + 17);
  const time = two(text, at + 11) * 3600 + minute * 60 + second;
  if (!(time < 86400) || !(minute < 60) || !(second < 60)) return null;
  const year = two(text, at) * 100 + two(text, at + 2);
  const month = two(text, at + 5);
  const dayOfMonth = two(text, at + 8);
  const day = (year * 100 + month) * 100 + dayOfMonth;
  if (day !== cachedDay) {
    const dayTime = wallTime(year, month, dayOfMonth, 0, 0, 0);
    if (Number.isNaN(dayTime)) return null;
    cachedDay = day;
    cachedDayTime = dayTime;
  }
  // One rounding gives the double nearest to the decimal: whole · scale is exact up to 2^53.
  return { time: ((cachedDayTime + time) * scale + fraction) / scale, start: at, end: end + 1 };
}

function isoAt(text: string, at: number, clock: ClockContext): FoundTime | null {
  const quick = isoInUtcAt(text, at);
  if (quick) return quick;
  isoPattern.lastIndex = at;
  const m = isoPattern.exec(text);
  if (m) {
    const wall = wallTime(+m[1]!, +m[3]!, +m[4]!, +m[5]!, +m[6]!, +(m[7] ?? 0));
    return finish(wall, m[8], isoPattern.lastIndex, at, text, clock);
  }
  compactPattern.lastIndex = at;
  const c = compactPattern.exec(text);
  if (!c || +c[1]! < 1970 || +c[1]! > 2100) return null;
  const wall = wallTime(+c[1]!, +c[2]!, +c[3]!, +c[4]!, +c[5]!, +c[6]!);
  return finish(wall, c[7], compactPattern.lastIndex, at, text, clock);
}

const powersOfTen = [1, 10, 100, 1e3, 1e4, 1e5, 1e6] as const;

// `1700000000.123456`, by far the commonest forms: ten digits, of a fraction at most six, or thirteen digits.
function plainEpochAt(text: string, at: number): FoundTime | null {
  let end = at;
  let whole = 0;
  for (; end - at < 14 && isDigitValue(digit(text, end)); end++) whole = whole * 10 + digit(text, end);
  const digits = end - at;
  if (digits !== 10 && digits !== 13) return null;
  let time = digits === 10 ? whole : whole / 1000;
  if (text.charCodeAt(end) === 46) {
    const point = end;
    let fraction = 0;
    for (end++; end - point < 8 && isDigitValue(digit(text, end)); end++)
      fraction = fraction * 10 + digit(text, end);
    const scale = powersOfTen[end - point - 1];
    if (digits !== 10 || end === point + 1 || scale === undefined) return null;
    time = (whole * scale + fraction) / scale;
  }
  const next = text.charCodeAt(end);
  if (isDigit(next) || isLetter(next) || next === 95 || next === 46) return null;
  return time < 1_000_000_000 || time >= 4_102_444_801 ? null : { time, start: at, end };
}

function epochAt(text: string, at: number): FoundTime | null {
  epochPattern.lastIndex = at;
  const m = epochPattern.exec(text);
  if (!m) return null;
  const seconds = Number(m[1]);
  // 2001-09-09 … 2099: ten digits before are more likely a serial number or a phone number.
  if (seconds < 1_000_000_000 || seconds > 4_102_444_800) return null;
  const time = m[2] ? Number(`${m[1]}.${m[2]}`) : joinFraction(seconds, m[3] ?? '');
  return { time, start: at, end: epochPattern.lastIndex };
}

function dayFirstAt(text: string, at: number, clock: ClockContext): FoundTime | null {
  accessPattern.lastIndex = at;
  const a = accessPattern.exec(text);
  if (a) {
    const wall = wallTime(+a[3]!, monthNumber(a[2]!) + 1, +a[1]!, +a[4]!, +a[5]!, +a[6]!);
    return finish(wall, a[7], accessPattern.lastIndex, at, text, clock);
  }
  dottedPattern.lastIndex = at;
  const d = dottedPattern.exec(text);
  if (!d) return null;
  const wall = wallTime(+d[3]!, +d[2]!, +d[1]!, +d[4]!, +d[5]!, +(d[6] ?? 0));
  return finish(wall, d[7], dottedPattern.lastIndex, at, text, clock);
}

function usAt(text: string, at: number, clock: ClockContext): FoundTime | null {
  usPattern.lastIndex = at;
  const m = usPattern.exec(text);
  if (!m) return null;
  const year = m[4]!.length === 2 ? 2000 + Number(m[4]) : Number(m[4]);
  const hour = twelveHour(+m[5]!, m[9]);
  const [first, second] = [Number(m[1]), Number(m[3])];
  // Month first is Splunk's default; a first part over 12 can only be a day.
  const [month, day] = first > 12 ? [second, first] : [first, second];
  const wall = wallTime(year, month, day, hour, +m[6]!, +(m[7] ?? 0));
  return finish(wall, m[8], usPattern.lastIndex, at, text, clock);
}

function monthFirstAt(text: string, at: number, clock: ClockContext): FoundTime | null {
  monthFirstPattern.lastIndex = at;
  const m = monthFirstPattern.exec(text);
  if (!m) return null;
  const month = monthNumber(m[1]!) + 1;
  if (month === 0) return null;
  const day = Number(m[2]);
  const year = Number(m[3] ?? m[10] ?? guessYear(month, day, clock.now));
  const hour = twelveHour(+m[4]!, m[8]);
  const wall = wallTime(year, month, day, hour, +m[5]!, +(m[6] ?? 0));
  if (Number.isNaN(wall)) return null;
  const end = monthFirstPattern.lastIndex;
  const named = m[9] === undefined ? undefined : abbreviationOffset(m[9]);
  if (named !== undefined) return { time: joinFraction(wall - named, m[7] ?? ''), start: at, end };
  return finish(wall, m[7], end, at, text, clock);
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** Reads the timestamp that begins exactly at `at`, or null. */
export function timestampAt(text: string, at: number, clock: ClockContext): FoundTime | null {
  const code = text.charCodeAt(at);
  if (isDigit(code)) {
    if (
      isDigit(text.charCodeAt(at + 1)) &&
      isDigit(text.charCodeAt(at + 2)) &&
      isDigit(text.charCodeAt(at + 3))
    ) {
      // Ten or thirteen digits in a row are none of the other forms.
      return plainEpochAt(text, at) ?? isoAt(text, at, clock) ?? epochAt(text, at);
    }
    return usAt(text, at, clock) ?? dayFirstAt(text, at, clock);
  }
  return isLetter(code) ? monthFirstAt(text, at, clock) : null;
}

const candidatePattern =
  /(?<![\d.])\d(?=\d{3}[-/.\d]|\d?[-/. ][\dA-Za-z])|(?<![A-Za-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/gi;

/**
 * Finds the first timestamp of a text.
 *
 * @param from   offset at which to begin
 * @param limit  offset before which the timestamp must begin
 */
export function findTimestamp(
  text: string,
  from: number,
  limit: number,
  clock: ClockContext,
): FoundTime | null {
  const direct = from < limit ? timestampAt(text, from, clock) : null;
  if (direct) return direct;
  candidatePattern.lastIndex = from;
  const head = text.length > limit + 64 ? text.slice(0, limit + 64) : text;
  for (let match = candidatePattern.exec(head); match; match = candidatePattern.exec(head)) {
    if (match.index >= limit) return null;
    const found = timestampAt(head, match.index, clock);
    if (found) return found;
  }
  return null;
}

/** Reads a whole value as a time: a number of seconds, milliseconds … since 1970, or a text; null if it is none. */
export function timeOfValue(value: unknown, clock: ClockContext): number | null {
  if (typeof value === 'number') {
    const text = String(value);
    return (plainEpochAt(text, 0) ?? epochAt(text, 0))?.time ?? null;
  }
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const net = /^\/Date\((\d{13})\)\/$/.exec(text);
  if (net) return Number(net[1]) / 1000;
  return findTimestamp(text, 0, 32, clock)?.time ?? null;
}
