// The eval function strftime.
import { fromValues, textOf, valuesOf } from '../runtime/multivalue.js';
import { toNumber } from '../runtime/number.js';
import { strftime as print } from '../runtime/strftime.js';
import type { Scalar } from '../runtime/value.js';
import { zoneOf } from '../runtime/zone.js';
import { defineFunction } from './function.js';

export const strftime = defineFunction({
  name: 'strftime',
  summary: 'Prints a time in epoch seconds by a format.',
  source: 'Date and Time functions',
  usage: 'strftime(<time>,<format>)',
  parameters: { min: 2, max: 2 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (context, time, format) => {
    const text = textOf(format);
    if (text === null || time === null || time === undefined) return null;
    const zone = zoneOf(context.timezone);
    if (typeof time === 'object') {
      const out: Scalar[] = [];
      for (const item of valuesOf(time)) {
        const printed = print(toNumber(item), text, zone);
        if (printed !== null) out.push(printed);
      }
      return fromValues(out);
    }
    return print(toNumber(time), text, zone);
  },
  pure: false,
  examples: [
    { expression: 'strftime(1651275922, "%Y-%m-%dT%H:%M:%S.%Q")', result: '2022-04-29T23:45:22.000' },
    {
      title: 'fractions',
      expression: 'strftime(t, "%F %T.%3N")',
      fields: { t: 1522171214.839 },
      result: '2018-03-27 17:20:14.839',
    },
    {
      title: 'twelve hours',
      expression: 'strftime(1651275922, "%I:%M %p, %A %e %B")',
      result: '11:45 PM, Friday 29 April',
    },
    { title: 'no time', expression: 'strftime(t, "%F")', fields: { t: 'abc' }, result: null },
  ],
});
