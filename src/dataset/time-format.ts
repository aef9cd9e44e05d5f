// Compiles a TIME_FORMAT (Splunk's strptime) into a reader of timestamps at a given place of a text.

import { escapeRegex } from '../runtime/pattern.js';
import { type ClockContext, type FoundTime, guessYear, monthNumber, wallTime } from './timestamp.js';
import { abbreviationOffset, zonedToEpoch } from './zone.js';

/** Reads the first timestamp of the format in `text` from `from` on, beginning before `limit`. */
export type TimeFormatReader = (
  text: string,
  from: number,
  limit: number,
  clock: ClockContext,
) => FoundTime | null;

// What each conversion matches; the group's name says how it is read. %F %T … are written out first.
const conversions: Readonly<Record<string, string>> = {
  Y: '(?<year>\\d{4})',
  y: '(?<shortYear>\\d{2})',
  m: '(?<month>\\d{1,2})',
  d: '[ ]?(?<day>\\d{1,2})',
  e: '[ ]?(?<day>\\d{1,2})',
  j: '(?<dayOfYear>\\d{1,3})',
  H: '[ ]?(?<hour>\\d{1,2})',
  k: '[ ]?(?<hour>\\d{1,2})',
  I: '[ ]?(?<hour12>\\d{1,2})',
  l: '[ ]?(?<hour12>\\d{1,2})',
  p: '(?<half>[AaPp])\\.?[Mm]\\.?',
  M: '(?<minute>\\d{1,2})',
  S: '(?<second>\\d{1,2})',
  s: '(?<epoch>\\d{1,10})',
  b: '(?<monthName>[A-Za-z]{3,9})',
  B: '(?<monthName>[A-Za-z]{3,9})',
  h: '(?<monthName>[A-Za-z]{3,9})',
  a: '[A-Za-z]{2,9}',
  A: '[A-Za-z]{3,9}',
  z: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
  Z: '(?<zone>[A-Za-z]{1,5}|[+-]\\d{2}:?\\d{2})',
  N: '(?<fraction>\\d{1,9})',
  Q: '(?<fraction>\\d{1,9})',
  f: '(?<fraction>\\d{1,9})',
  w: '\\d',
  u: '\\d',
  U: '\\d{1,2}',
  n: '\\s+',
  t: '\\s+',
  '%': '%',
};

const shorthands: Readonly<Record<string, string>> = {
  T: '%H:%M:%S',
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

function formatToRegex(format: string): RegExp | null {
  const seen = new Set<string>();
  const written = format
    .replace(/%\+/g, '%a %b %e %H:%M:%S %Z %Y')
    .replace(/%E?([TFDRrcxX])/g, (_, letter: string) => shorthands[letter]!);
  let unknown = false;
  const token = /%[:E^_-]?(\d?)([A-Za-z%])|(\s+)|([^%\s]+)|%/g;
  let pattern = '';
  for (const match of written.matchAll(token)) {
    if (match[3]) pattern += '\\s+';
    else if (match[4]) pattern += escapeRegex(match[4]);
    else {
      const letter = match[2] ?? '';
      const source = match[1]
        ? conversions['N']
        : Object.hasOwn(conversions, letter)
          ? conversions[letter]
          : undefined;
      if (source === undefined) unknown = true;
      // A group can stand once; a repeated conversion must only match.
      else
        pattern += source.replace(/\?<(\w+)>/, (group, name: string) => {
          if (seen.has(name)) return '?:';
          seen.add(name);
          return group;
        });
    }
  }
  return unknown ? null : new RegExp(pattern, 'g');
}

function offsetOf(text: string): number | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (!match) return abbreviationOffset(text);
  const size = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -size : size;
}

function timeOfGroups(groups: Readonly<Record<string, string | undefined>>, clock: ClockContext): number {
  const number = (name: string, otherwise: number) => Number(groups[name] ?? otherwise);
  const fraction = groups['fraction'] ? Number(`0.${groups['fraction'].slice(0, 6)}`) : 0;
  if (groups['epoch']) return number('epoch', 0) + fraction;
  let month = groups['monthName'] ? monthNumber(groups['monthName']) + 1 : number('month', 0);
  let day = number('day', 1);
  const short = groups['shortYear'];
  const today = new Date(clock.now * 1000);
  const hasDate = month > 0 || groups['dayOfYear'] !== undefined;
  if (!hasDate) {
    if (groups['monthName']) return Number.NaN;
    month = today.getUTCMonth() + 1;
    day = today.getUTCDate();
  }
  let year = number('year', Number.NaN);
  // POSIX: 69 … 99 are of the last century.
  if (short) year = Number(short) + (Number(short) < 69 ? 2000 : 1900);
  if (Number.isNaN(year)) year = guessYear(month, day, clock.now);
  let hour = number('hour', 0);
  if (groups['hour12']) hour = (Number(groups['hour12']) % 12) + (/^p/i.test(groups['half'] ?? '') ? 12 : 0);
  let wall = wallTime(
    year,
    groups['dayOfYear'] ? 1 : month,
    day,
    hour,
    number('minute', 0),
    number('second', 0),
  );
  if (groups['dayOfYear']) wall += (Number(groups['dayOfYear']) - 1) * 86400;
  const offset = offsetOf(groups['offset'] ?? groups['zone'] ?? '');
  return (offset === undefined ? zonedToEpoch(wall, clock.zone) : wall - offset) + fraction;
}

/**
 * Compiles a TIME_FORMAT; null when it has a conversion that nobody knows.
 *
 * @see Admin Manual, props.conf, TIME_FORMAT: "an extended strptime format", with %N %3N %Q %s
 */
export function compileTimeFormat(format: string): TimeFormatReader | null {
  const regex = formatToRegex(format);
  if (!regex) return null;
  return (text, from, limit, clock) => {
    regex.lastIndex = from;
    // The whole timestamp must lie within the lookahead's reach.
    const match = regex.exec(limit < text.length ? text.slice(0, limit) : text);
    if (!match) return null;
    const time = timeOfGroups(match.groups ?? {}, clock);
    if (Number.isNaN(time)) return null;
    return { time: Math.round(time * 1e6) / 1e6, start: match.index, end: regex.lastIndex };
  };
}
