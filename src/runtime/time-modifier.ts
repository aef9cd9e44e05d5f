// Time modifiers: `-1d@d`, `@w1`, `+1mon@mon-3d`, `now`, epoch seconds and absolute dates (Search Reference, Time modifiers).
import { strptime } from './strptime.js';
import { type CalendarTime, daysInMonth, fromCalendar, toCalendar, type Zone } from './zone.js';

/** Units of time modifiers. */
export type TimeUnit = 'us' | 'ms' | 'cs' | 'ds' | 's' | 'm' | 'h' | 'd' | 'w' | 'mon' | 'q' | 'y';

type Step =
  | { readonly kind: 'shift'; readonly amount: number; readonly unit: TimeUnit }
  | { readonly kind: 'snap'; readonly unit: TimeUnit; readonly weekday: number };

/** Every name of a unit. */
export const timeUnits: ReadonlyMap<string, TimeUnit> = new Map<string, TimeUnit>([
  ...(['us', 'ms', 'cs', 'ds'].map((text) => [text, text]) as [string, TimeUnit][]),
  ...(['s', 'sec', 'secs', 'second', 'seconds'].map((text) => [text, 's']) as [string, TimeUnit][]),
  ...(['m', 'min', 'mins', 'minute', 'minutes'].map((text) => [text, 'm']) as [string, TimeUnit][]),
  ...(['h', 'hr', 'hrs', 'hour', 'hours'].map((text) => [text, 'h']) as [string, TimeUnit][]),
  ...(['d', 'day', 'days'].map((text) => [text, 'd']) as [string, TimeUnit][]),
  ...(['w', 'week', 'weeks'].map((text) => [text, 'w']) as [string, TimeUnit][]),
  ...(['mon', 'month', 'months'].map((text) => [text, 'mon']) as [string, TimeUnit][]),
  ...(['q', 'qtr', 'qtrs', 'quarter', 'quarters'].map((text) => [text, 'q']) as [string, TimeUnit][]),
  ...(['y', 'yr', 'yrs', 'year', 'years'].map((text) => [text, 'y']) as [string, TimeUnit][]),
]);

const parsed = new Map<string, readonly Step[] | null>();

function parseSteps(text: string): readonly Step[] | null {
  let steps = parsed.get(text);
  if (steps === undefined) {
    steps = readSteps(text);
    if (parsed.size >= 1000) parsed.clear();
    parsed.set(text, steps);
  }
  return steps;
}

function readSteps(text: string): readonly Step[] | null {
  let rest = text.trim().toLowerCase();
  if (rest.startsWith('rt')) rest = rest.slice(2);
  if (rest.startsWith('now')) rest = rest.replace(/^now(?:\(\))?/, '');
  const steps: Step[] = [];
  while (rest !== '') {
    const snap = /^@([a-z]+)([0-7])?/.exec(rest);
    if (snap !== null) {
      const unit = timeUnits.get(snap[1] as string);
      if (unit === undefined || (snap[2] !== undefined && unit !== 'w')) return null;
      steps.push({ kind: 'snap', unit, weekday: Number(snap[2] ?? 0) % 7 });
      rest = rest.slice(snap[0].length);
      continue;
    }
    // an amount at the beginning may stand without its sign: the page writes earliest=2d@d
    const shift = (
      steps.length === 0 ? /^([+-]|(?=\d))(\d{0,12})([a-z]+)/ : /^([+-])(\d{0,12})([a-z]+)/
    ).exec(rest);
    if (shift === null) {
      // a bare number counts seconds
      const seconds = /^([+-]\d{1,12})(?=$|[@+-])/.exec(rest);
      if (seconds === null) return null;
      steps.push({ kind: 'shift', amount: Number(seconds[1]), unit: 's' });
      rest = rest.slice(seconds[0].length);
      continue;
    }
    const unit = timeUnits.get(shift[3] as string);
    if (unit === undefined) return null;
    const amount = shift[2] === '' ? 1 : Number(shift[2]);
    steps.push({ kind: 'shift', amount: shift[1] === '-' ? -amount : amount, unit });
    rest = rest.slice(shift[0].length);
  }
  return steps;
}

/**
 * Applies a relative time modifier to an instant; null when it is none. Offsets come first, then the snap, then what
 * follows the snap. Days and longer are calendar units in the zone, so clock changes keep the time of day.
 */
export function relativeTime(epoch: number, modifier: string, zone: Zone): number | null {
  const steps = parseSteps(modifier);
  if (steps === null) return null;
  let time = epoch;
  for (const step of steps) {
    time =
      step.kind === 'shift'
        ? shiftTime(time, step.amount, step.unit, zone)
        : snapTime(time, step.unit, step.weekday, zone);
  }
  return Number.isFinite(time) ? time : null;
}

/**
 * Reads what earliest= and latest= may say: a relative modifier, `now`, epoch seconds, or a date
 * (`MM/DD/YYYY:HH:MM:SS`, in `format` when one is given). Null when it is none of them.
 */
export function parseTimeModifier(text: string, now: number, zone: Zone, format?: string): number | null {
  const trimmed = text.trim();
  if (format !== undefined) {
    const time = strptime(trimmed, format, zone, now);
    if (time !== null) return time;
  }
  if (/^-?\d+(?:\.\d+)?$/.test(trimmed) && !/^-\d/.test(trimmed)) return Number(trimmed);
  for (const known of absoluteFormats) {
    if (known.shape.test(trimmed)) return strptime(trimmed, known.format, zone, now);
  }
  return trimmed === '' ? null : relativeTime(now, trimmed, zone);
}

const absoluteFormats: readonly { shape: RegExp; format: string }[] = [
  { shape: /^\d{1,2}\/\d{1,2}\/\d{4}:\d{1,2}:\d{1,2}:\d{1,2}$/, format: '%m/%d/%Y:%H:%M:%S' },
  { shape: /^\d{1,2}\/\d{1,2}\/\d{4}:\d{1,2}:\d{1,2}:\d{1,2}\.\d+$/, format: '%m/%d/%Y:%H:%M:%S.%N' },
  { shape: /^\d{1,2}\/\d{1,2}\/\d{4}$/, format: '%m/%d/%Y' },
  { shape: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:?\d{2})$/, format: '%Y-%m-%dT%H:%M:%S%z' },
  {
    shape: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+(?:Z|[+-]\d{2}:?\d{2})$/,
    format: '%Y-%m-%dT%H:%M:%S.%N%z',
  },
  { shape: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+$/, format: '%Y-%m-%dT%H:%M:%S.%N' },
  { shape: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/, format: '%Y-%m-%dT%H:%M:%S' },
  { shape: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, format: '%Y-%m-%d %H:%M:%S' },
];

/** How many of a unit below the second make one. */
const parts: Readonly<Partial<Record<TimeUnit, number>>> = { us: 1e6, ms: 1000, cs: 100, ds: 10 };

/** Shifts an instant by units of time. */
export function shiftTime(epoch: number, amount: number, unit: TimeUnit, zone: Zone): number {
  const part = parts[unit];
  if (part !== undefined) return Math.round(epoch * 1e6 + (amount * 1e6) / part) / 1e6;
  if (unit === 's') return epoch + amount;
  if (unit === 'm') return epoch + amount * 60;
  if (unit === 'h') return epoch + amount * 3600;
  const t = toCalendar(epoch, zone);
  const fraction = epoch - Math.floor(epoch);
  const at = (year: number, month: number, day: number) =>
    fromCalendar(year, month, day, t.hour, t.minute, t.second, zone) + fraction;
  if (unit === 'd') return at(t.year, t.month, t.day + amount);
  if (unit === 'w') return at(t.year, t.month, t.day + amount * 7);
  const count = t.year * 12 + t.month - 1 + amount * (unit === 'mon' ? 1 : unit === 'q' ? 3 : 12);
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return at(year, month, Math.min(t.day, daysInMonth(year, month)));
}

/** The latest start of a unit at or before an instant; `weekday` (Sunday 0) is where weeks begin. */
export function snapTime(epoch: number, unit: TimeUnit, weekday: number, zone: Zone): number {
  const t = toCalendar(epoch, zone);
  const part = parts[unit];
  if (part !== undefined) return Math.floor(epoch * part + 1e-6) / part;
  if (unit === 's') return Math.floor(epoch);
  // within an hour the offset of the zone does not change the way that minutes count
  if (unit === 'm') return Math.floor(epoch) - t.second;
  if (unit === 'h') return Math.floor(epoch) - t.minute * 60 - t.second;
  const [month, day] = startOf(t, unit, weekday);
  return fromCalendar(t.year, month, day, 0, 0, 0, zone);
}

function startOf(t: CalendarTime, unit: TimeUnit, weekday: number): [number, number] {
  switch (unit) {
    case 'w':
      return [t.month, t.day - ((t.weekday - weekday + 7) % 7)];
    case 'mon':
      return [t.month, 1];
    case 'q':
      return [t.month - ((t.month - 1) % 3), 1];
    case 'y':
      return [1, 1];
    default:
      return [t.month, t.day];
  }
}
