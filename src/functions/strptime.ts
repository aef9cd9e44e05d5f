// The eval function strptime.
import { mapText, textOf } from '../runtime/multivalue.js';
import { strptime as read } from '../runtime/strptime.js';
import { zoneOf } from '../runtime/zone.js';
import { defineFunction } from './function.js';

export const strptime = defineFunction({
  name: 'strptime',
  summary: 'Reads a time from text by a format, as epoch seconds.',
  source: 'Date and Time functions',
  usage: 'strptime(<str>,<format>)',
  parameters: { min: 2, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (context, value, format) => {
    const text = textOf(format);
    if (text === null) return null;
    const zone = zoneOf(context.timezone);
    return mapText(value, (item) => read(item, text, zone, context.now));
  },
  // a time without a date takes the day of the search
  pure: false,
  examples: [
    { expression: 'strptime("7/23/2022 17:19:01", "%m/%d/%Y %H:%M:%S")', result: 1658596741 },
    {
      title: 'with an offset',
      expression: 'strptime("2022-08-13T11:22:33-0500", "%Y-%m-%dT%H:%M:%S%z")',
      result: 1660407753,
    },
    { title: 'does not fit', expression: 'strptime("not a time", "%Y-%m-%d")', result: null },
    { title: 'a month is not a time', expression: 'strptime("08 2022", "%m %Y")', result: null },
    {
      title: 'fractions',
      expression: 'strptime("2018-03-19T13:55:03.049Z", "%Y-%m-%dT%H:%M:%S.%3N%Z")',
      result: 1521467703.049,
    },
  ],
});
