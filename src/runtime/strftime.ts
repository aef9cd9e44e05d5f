// Prints times: Splunk's date and time format variables (Search Reference, Date and time format variables).
import { type CalendarTime, daysFromCivil, formatOffset, toCalendar, type Zone } from './zone.js';

export const weekdays = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

type Piece = string | ((time: CalendarTime, epoch: number, zone: Zone) => string);

const pieces = new Map<string, readonly Piece[]>();

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

function blank(n: number): string {
  return n < 10 ? ` ${n}` : String(n);
}

/**
 * Prints an instant in epoch seconds. Fractions of a second are read to the microsecond. Null for a time outside of
 * the calendar. Compiled formats are kept.
 */
export function strftime(epoch: number, format: string, zone: Zone): string | null {
  if (!(Math.abs(epoch) < 1e12)) return null;
  let compiled = pieces.get(format);
  if (compiled === undefined) {
    compiled = compile(format);
    if (pieces.size >= 1000) pieces.clear();
    pieces.set(format, compiled);
  }
  // a double cannot hold more; rounding here keeps .839 from printing as .838
  const exact = Math.round(epoch * 1e6) / 1e6;
  const time = toCalendar(exact, zone);
  let out = '';
  for (const piece of compiled) out += typeof piece === 'string' ? piece : piece(time, exact, zone);
  return out;
}

function compile(format: string): readonly Piece[] {
  const out: Piece[] = [];
  let literal = '';
  const add = (piece: Piece) => {
    if (typeof piece === 'string') {
      literal += piece;
      return;
    }
    if (literal !== '') out.push(literal);
    literal = '';
    out.push(piece);
  };
  for (let i = 0; i < format.length; i++) {
    if (format[i] !== '%') {
      literal += format[i];
      continue;
    }
    const match = /^%(?:([1-9])?([NQ])|(E)z|(:{1,3})z|([-_0^#]?)([A-Za-z+%]))/.exec(format.slice(i, i + 6));
    if (match === null) {
      literal += '%';
      continue;
    }
    i += match[0].length - 1;
    if (match[2] !== undefined)
      add(fraction(match[1] === undefined ? (match[2] === 'N' ? 9 : 3) : Number(match[1])));
    else if (match[3] !== undefined)
      add((time) => `${time.offset < 0 ? '-' : '+'}${Math.abs(time.offset / 60)}`);
    else if (match[4] === ':::') add((time) => formatOffset(time.offset, '').slice(0, 3));
    else if (match[4] !== undefined)
      add((time) => formatOffset(time.offset, ':') + (match[4] === '::' ? ':00' : ''));
    else for (const piece of variable(match[6] as string, match[5] as string, match[0])) add(piece);
  }
  if (literal !== '') out.push(literal);
  return out;
}

function fraction(digits: number): Piece {
  return (_time, epoch) => {
    const micros = Math.round((epoch - Math.floor(epoch)) * 1e6);
    return String(Math.min(micros, 999_999)).padStart(6, '0').padEnd(9, '0').slice(0, digits);
  };
}

function variable(letter: string, flag: string, text: string): readonly Piece[] {
  const piece = variables[letter];
  if (piece === undefined) {
    const shorthand = shorthands[letter];
    return shorthand === undefined ? [text] : compile(shorthand);
  }
  if (flag === '-') return [(time, epoch, zone) => piece(time, epoch, zone).replace(/^[0 ]+(?=\d)/, '')];
  if (flag === '_') {
    return [
      (time, epoch, zone) =>
        piece(time, epoch, zone).replace(/^0+(?=\d)/, (zeros) => ' '.repeat(zeros.length)),
    ];
  }
  if (flag === '0')
    return [(time, epoch, zone) => piece(time, epoch, zone).replace(/^ +/, (b) => '0'.repeat(b.length))];
  if (flag === '^') return [(time, epoch, zone) => piece(time, epoch, zone).toUpperCase()];
  return [piece];
}

const shorthands: Readonly<Record<string, string>> = {
  T: '%H:%M:%S',
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  '+': '%a %b %e %H:%M:%S %Z %Y',
  x: '%m/%d/%Y',
  X: '%H:%M:%S',
};

const twelve = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12);

const variables: Readonly<Record<string, (time: CalendarTime, epoch: number, zone: Zone) => string>> = {
  Y: (t) => String(t.year),
  y: (t) => two(((t.year % 100) + 100) % 100),
  C: (t) => two(Math.floor(t.year / 100)),
  m: (t) => two(t.month),
  B: (t) => months[t.month - 1] as string,
  b: (t) => (months[t.month - 1] as string).slice(0, 3),
  h: (t) => (months[t.month - 1] as string).slice(0, 3),
  d: (t) => two(t.day),
  e: (t) => blank(t.day),
  j: (t) => String(t.dayOfYear).padStart(3, '0'),
  A: (t) => weekdays[t.weekday] as string,
  a: (t) => (weekdays[t.weekday] as string).slice(0, 3),
  w: (t) => String(t.weekday),
  u: (t) => String(t.weekday === 0 ? 7 : t.weekday),
  H: (t) => two(t.hour),
  k: (t) => blank(t.hour),
  I: (t) => two(twelve(t.hour)),
  l: (t) => blank(twelve(t.hour)),
  M: (t) => two(t.minute),
  S: (t) => two(t.second),
  p: (t) => (t.hour < 12 ? 'AM' : 'PM'),
  P: (t) => (t.hour < 12 ? 'am' : 'pm'),
  f: (_t, epoch) => String(Math.min(Math.round((epoch - Math.floor(epoch)) * 1e6), 999_999)).padStart(6, '0'),
  s: (_t, epoch) => String(Math.floor(epoch)),
  z: (t) => formatOffset(t.offset, ''),
  Z: (_t, epoch, zone) => zone.abbreviationAt(epoch),
  U: (t) => two(Math.floor((t.dayOfYear + 6 - t.weekday) / 7)),
  W: (t) => two(Math.floor((t.dayOfYear + 6 - ((t.weekday + 6) % 7)) / 7)),
  V: (t) => two(isoWeek(t).week),
  G: (t) => String(isoWeek(t).year),
  g: (t) => two(isoWeek(t).year % 100),
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
};

/** The ISO 8601 week and the year it belongs to. */
export function isoWeek(time: CalendarTime): { week: number; year: number } {
  const weekday = time.weekday === 0 ? 7 : time.weekday;
  const week = Math.floor((time.dayOfYear - weekday + 10) / 7);
  if (week < 1) return { week: weeksOf(time.year - 1), year: time.year - 1 };
  if (week > weeksOf(time.year)) return { week: 1, year: time.year + 1 };
  return { week, year: time.year };
}

function weeksOf(year: number): number {
  const weekdayOf = (y: number) => (((daysFromCivil(y, 12, 31) + 4) % 7) + 7) % 7;
  return weekdayOf(year) === 4 || weekdayOf(year - 1) === 3 ? 53 : 52;
}
