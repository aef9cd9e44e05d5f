// Time bounds in search text, resolved against the clock of the run.
import { toNumber } from './number.js';
import type { Run } from './run.js';
import { parseTimeModifier, shiftTime, type TimeUnit } from './time-modifier.js';
import type { FieldValue } from './value.js';
import { zoneOf } from './zone.js';

const units: Readonly<Record<string, TimeUnit>> = { months: 'mon', days: 'd', hours: 'h', minutes: 'm' };

/**
 * The instant that a time modifier names, in epoch seconds: earliest and latest with everything they may say, and the
 * older modifiers such as `daysago` and `starthoursago` (Search Reference, Time modifiers).
 *
 * @throws Error when the text is no time
 */
export function timeBound(run: Run, modifier: string, text: string): number {
  const time = boundTime(modifier, text, run.now, run.timezone);
  if (time === null) throw new Error(noTime(modifier, text));
  return time;
}

/** The instant that a time modifier names, or null when its text is no time. */
export function boundTime(modifier: string, text: string, now: number, timezone: string): number | null {
  const ago = /^(?:start|end)?(months|days|hours|minutes)ago$/.exec(modifier);
  const time =
    ago !== null
      ? shiftTime(now, -toNumber(text), units[ago[1] as string] as TimeUnit, zoneOf(timezone))
      : /^(?:start|end)timeu$/.test(modifier)
        ? toNumber(text)
        : parseTimeModifier(text, now, zoneOf(timezone));
  return time === null || Number.isNaN(time) ? null : time;
}

/** Why a time modifier has no effect that could be had here, if it is such a one: old ways to write a time range. */
export function unsupportedModifier(modifier: string): string | undefined {
  if (modifier === 'timeformat') return '"timeformat" is read only where it holds for the whole search';
  return modifier.startsWith('searchtimespan') ? `"${modifier}" is not evaluated here` : undefined;
}

/** What is said of a time modifier whose text is no time. */
export const noTime = (modifier: string, text: string): string => `"${modifier}=${text}" is no time`;

/** Whether a time is known and not before a bound. */
export function isSince(time: FieldValue, bound: number): boolean {
  return toNumber(time) >= bound;
}

/** Whether a time is known and before a bound. */
export function isBefore(time: FieldValue, bound: number): boolean {
  return toNumber(time) < bound;
}

/** The time of an event as a number, or null. */
export function timeOf(value: FieldValue): number | null {
  if (typeof value === 'number') return value;
  const time = toNumber(value);
  return Number.isNaN(time) ? null : time;
}
