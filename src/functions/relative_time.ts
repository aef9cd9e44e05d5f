// The eval function relative_time.
import { textOf } from '../runtime/multivalue.js';
import { toNumber } from '../runtime/number.js';
import { relativeTime } from '../runtime/time-modifier.js';
import { utc, zoneOf } from '../runtime/zone.js';
import { defineFunction } from './function.js';
import { constantText } from './shapes.js';

export const relative_time = defineFunction({
  name: 'relative_time',
  summary: 'Applies a relative time modifier, such as -1d@d, to a time.',
  source: 'Date and Time functions',
  usage: 'relative_time(<time>,<specifier>)',
  parameters: { min: 2, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (context, time, modifier) => {
    const epoch = toNumber(time);
    const text = textOf(modifier);
    return Number.isNaN(epoch) || text === null ? null : relativeTime(epoch, text, zoneOf(context.timezone));
  },
  check: (shapes) => {
    const text = constantText(shapes[1]);
    if (text === undefined || relativeTime(0, text, utc) !== null) return null;
    return { code: 'invalid-argument', argument: 1, message: `"${text}" is no relative time modifier` };
  },
  pure: false,
  examples: [
    {
      title: 'two hours back, then the hour',
      expression: 'relative_time(now(), "-2h@h")',
      now: 1668594923,
      result: 1668585600,
    },
    {
      title: 'the week begins on Sunday',
      expression: 'relative_time(now(), "@w")',
      now: 1668594923,
      result: 1668297600,
    },
    { title: 'Monday', expression: 'relative_time(now(), "@w1")', now: 1668594923, result: 1668384000 },
    { title: 'the quarter', expression: 'relative_time(now(), "@q")', now: 1668594923, result: 1664582400 },
    {
      title: 'after the snap',
      expression: 'relative_time(now(), "+1mon@mon-3d")',
      now: 1668594923,
      result: 1669593600,
    },
  ],
});
