// Reads times: the counterpart of strftime (Search Reference, Date and time format variables; Date and Time functions).
import { months, weekdays } from './strftime.js';
import { findZone, fromCalendar, toCalendar, type Zone } from './zone.js';

interface Reading {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  hour: number;
  minute: number;
  second: number;
  fraction: number;
  pm?: boolean;
  twelve?: boolean;
  epoch?: number;
  offset?: number;
  zone?: Zone;
  century?: number;
}

/** One step of a compiled format: reads at a place and returns where it ended, or -1. */
type Step = (text: string, at: number, into: Reading) => number;

const compiled = new Map<string, readonly Step[]>();

const abbreviations: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  BST: 3600,
  WEST: 3600,
  CET: 3600,
  CEST: 7200,
  EET: 7200,
  EEST: 10800,
  MSK: 10800,
  IST: 19800,
  JST: 32400,
  KST: 32400,
  AEST: 36000,
  AEDT: 39600,
  EST: -18000,
  EDT: -14400,
  CST: -21600,
  CDT: -18000,
  MST: -25200,
  MDT: -21600,
  PST: -28800,
  PDT: -25200,
  AKST: -32400,
  AKDT: -28800,
  HST: -36000,
};

/**
 * Reads a time as epoch seconds, or null when the text does not begin as the format says; what follows is ignored.
 * A time without any date is one of `now`'s day; a date needs its day (Date and Time functions, strptime).
 */
export function strptime(text: string, format: string, zone: Zone, now: number): number | null {
  let steps = compiled.get(format);
  if (steps === undefined) {
    steps = compile(format);
    if (compiled.size >= 1000) compiled.clear();
    compiled.set(format, steps);
  }
  const into: Reading = { hour: 0, minute: 0, second: 0, fraction: 0 };
  let at = 0;
  while (at < text.length && isBlank(text.charCodeAt(at))) at++;
  for (const step of steps) {
    at = step(text, at, into);
    if (at < 0) return null;
  }
  return resolve(into, zone, now);
}

function resolve(r: Reading, zone: Zone, now: number): number | null {
  if (r.epoch !== undefined) return r.epoch + r.fraction;
  const local = r.zone ?? zone;
  let { year, month, day } = r;
  if (year !== undefined && r.century !== undefined) year = r.century * 100 + (year % 100);
  if (r.dayOfYear !== undefined && day === undefined) {
    month = 1;
    day = r.dayOfYear;
  }
  const dated = year !== undefined || month !== undefined || day !== undefined;
  if (dated && day === undefined) return null;
  if (year === undefined || month === undefined || day === undefined) {
    const today = toCalendar(now, local);
    year ??= today.year;
    month ??= today.month;
    day ??= today.day;
  }
  let hour = r.hour;
  if (r.pm !== undefined && hour <= 12) hour = (hour % 12) + (r.pm ? 12 : 0);
  if (r.offset !== undefined) {
    const asUtc = fromCalendar(year, month, day, hour, r.minute, r.second, utcLike);
    return asUtc - r.offset + r.fraction;
  }
  return fromCalendar(year, month, day, hour, r.minute, r.second, local) + r.fraction;
}

const utcLike: Zone = { name: 'UTC', offsetAt: () => 0, abbreviationAt: () => 'UTC' };

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function compile(format: string): readonly Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < format.length; i++) {
    const c = format[i] as string;
    if (isBlank(c.charCodeAt(0))) {
      steps.push(skipBlanks);
      continue;
    }
    const match =
      c === '%'
        ? /^%(?:([1-9])?([NQ])|(?:E|:{1,3})(z)|[-_0^#]?([A-Za-z+%]))/.exec(format.slice(i, i + 6))
        : null;
    if (match === null) {
      // a fraction that the text leaves out is none: `%S.%N` reads 00:00:00 as well
      const fraction = c === '.' ? /^\.%(?:([1-9])?[NQ]|f)/.exec(format.slice(i, i + 4)) : null;
      if (fraction === null) steps.push(literal(c));
      else {
        steps.push(optionalFraction(Number(fraction[1] ?? 9)));
        i += fraction[0].length - 1;
      }
      continue;
    }
    i += match[0].length - 1;
    if (match[2] !== undefined) steps.push(readFraction(Number(match[1] ?? 9)));
    else if (match[3] !== undefined) steps.push(match[0] === '%Ez' ? readMinutesOffset : readOffset);
    else {
      const letter = match[4] as string;
      const shorthand = shorthands[letter];
      if (shorthand !== undefined) steps.push(...compile(shorthand));
      else if (letter === 's') steps.push(readEpoch(/^%\d?[NQ]/.test(format.slice(i + 1, i + 4))));
      else steps.push(readers[letter] ?? literal(match[0]));
    }
  }
  return steps;
}

const shorthands: Readonly<Record<string, string>> = {
  T: '%H:%M:%S',
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  '+': '%a %b %e %H:%M:%S %Z %Y',
  X: '%H:%M:%S',
};

function skipBlanks(text: string, at: number): number {
  let i = at;
  while (i < text.length && isBlank(text.charCodeAt(i))) i++;
  return i;
}

function literal(expected: string): Step {
  return (text, at) => (text.startsWith(expected, at) ? at + expected.length : -1);
}

/** Reads up to `width` digits with a bound on the value. */
function number(
  width: number,
  low: number,
  high: number,
  store: (into: Reading, value: number) => void,
): Step {
  return (text, from, into) => {
    const at = skipBlanks(text, from);
    let end = at;
    let value = 0;
    while (end < at + width) {
      const digit = text.charCodeAt(end) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      end++;
    }
    if (end === at || value < low || value > high) return -1;
    store(into, value);
    return end;
  };
}

function name(names: readonly string[], store: (into: Reading, index: number) => void): Step {
  const lower = names.map((text) => text.toLowerCase());
  return (text, at, into) => {
    const rest = text.slice(at, at + 12).toLowerCase();
    for (let i = 0; i < lower.length; i++) {
      const full = lower[i] as string;
      const length = rest.startsWith(full) ? full.length : rest.startsWith(full.slice(0, 3)) ? 3 : 0;
      if (length > 0) {
        store(into, i);
        return at + length;
      }
    }
    return -1;
  };
}

function readFraction(most: number): Step {
  return (text, at, into) => {
    let end = at;
    while (end < at + most && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
    if (end === at) return -1;
    into.fraction = Number(`0.${text.slice(at, end)}`);
    return end;
  };
}

function optionalFraction(most: number): Step {
  const read = readFraction(most);
  return (text, at, into) => (text[at] === '.' || text[at] === ',' ? read(text, at + 1, into) : at);
}

function readEpoch(beforeFraction: boolean): Step {
  return (text, at, into) => {
    const match = /^-?\d+/.exec(text.slice(at, at + 24));
    if (match === null) return -1;
    const digits = beforeFraction ? match[0].slice(0, 10) : match[0];
    into.epoch = Number(digits);
    return at + digits.length;
  };
}

function readOffset(text: string, at: number, into: Reading): number {
  const match = /^(?:(Z)|(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})?(?::?(\d{2}))?)/i.exec(
    text.slice(skipBlanks(text, at), at + 20),
  );
  if (match === null) return /^(?:UTC|GMT)/.test(text.slice(at, at + 3)) ? readZone(text, at, into) : -1;
  const size = Number(match[3] ?? 0) * 3600 + Number(match[4] ?? 0) * 60 + Number(match[5] ?? 0);
  into.offset = match[2] === '-' ? -size : size;
  return skipBlanks(text, at) + match[0].length;
}

function readMinutesOffset(text: string, at: number, into: Reading): number {
  const match = /^[+-]?\d{1,4}/.exec(text.slice(at, at + 6));
  if (match === null) return -1;
  into.offset = Number(match[0]) * 60;
  return at + match[0].length;
}

function readZone(text: string, at: number, into: Reading): number {
  const match = /^(?:[A-Za-z]+(?:[/_][A-Za-z_]+)*|[+-]\d{2}:?\d{2})/.exec(text.slice(at, at + 40));
  if (match === null) return -1;
  const offset = abbreviations[match[0].toUpperCase()];
  if (offset !== undefined) into.offset = offset;
  else {
    const zone = findZone(match[0]);
    if (zone === null) return -1;
    into.zone = zone;
  }
  return at + match[0].length;
}

const readers: Readonly<Record<string, Step>> = {
  Y: number(4, 0, 9999, (r, v) => {
    r.year = v;
  }),
  y: number(2, 0, 99, (r, v) => {
    r.year = v < 69 ? 2000 + v : 1900 + v;
  }),
  C: number(2, 0, 99, (r, v) => {
    r.century = v;
  }),
  m: number(2, 1, 12, (r, v) => {
    r.month = v;
  }),
  d: number(2, 1, 31, (r, v) => {
    r.day = v;
  }),
  j: number(3, 1, 366, (r, v) => {
    r.dayOfYear = v;
  }),
  H: number(2, 0, 24, (r, v) => {
    r.hour = v;
  }),
  I: number(2, 1, 12, (r, v) => {
    r.hour = v;
  }),
  M: number(2, 0, 59, (r, v) => {
    r.minute = v;
  }),
  S: number(2, 0, 61, (r, v) => {
    r.second = v;
  }),
  w: number(1, 0, 7, () => {}),
  u: number(1, 1, 7, () => {}),
  U: number(2, 0, 53, () => {}),
  W: number(2, 0, 53, () => {}),
  V: number(2, 1, 53, () => {}),
  G: number(4, 0, 9999, () => {}),
  f: readFraction(9),
  B: name(months, (r, i) => {
    r.month = i + 1;
  }),
  A: name(weekdays, () => {}),
  z: readOffset,
  Z: readZone,
  n: skipBlanks,
  t: skipBlanks,
  '%': literal('%'),
  p: (text, at, into) => {
    const match = /^([AP])\.?M\.?/i.exec(text.slice(at, at + 4));
    if (match === null) return -1;
    into.pm = (match[1] as string).toUpperCase() === 'P';
    return at + match[0].length;
  },
  x: (text, at, into) => {
    const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})/.exec(text.slice(at, at + 10));
    if (match === null) return -1;
    const year = Number(match[3]);
    into.month = Number(match[1]);
    into.day = Number(match[2]);
    into.year = (match[3] as string).length === 4 ? year : year < 69 ? 2000 + year : 1900 + year;
    return at + match[0].length;
  },
};
Object.assign(readers, {
  b: readers.B,
  h: readers.B,
  a: readers.A,
  e: readers.d,
  k: readers.H,
  l: readers.I,
  P: readers.p,
});
