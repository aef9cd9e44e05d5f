// The eval function tostring.
import { formatDuration } from '../runtime/duration.js';
import { fromValues, textOf, valuesOf } from '../runtime/multivalue.js';
import { formatNumber, formatScalar, groupThousands, roundDecimal, toNumber } from '../runtime/number.js';
import type { Scalar } from '../runtime/value.js';
import { defineFunction } from './function.js';
import { constantText } from './shapes.js';

const formats = ['binary', 'hex', 'commas', 'duration'];

function print(value: Scalar | boolean, format: string): string {
  const number = typeof value === 'boolean' ? Number.NaN : toNumber(value);
  if (Number.isNaN(number)) return formatScalar(value);
  switch (format) {
    case 'binary':
      return inBase(number, 2, '');
    case 'hex':
      return inBase(number, 16, '0x');
    case 'commas':
      // a fraction is rounded to two decimals, a whole number has none
      return groupThousands(
        Number.isInteger(number) ? formatNumber(number) : roundDecimal(number, 2).toFixed(2),
      );
    case 'duration':
      return formatDuration(number);
    default:
      return formatScalar(value);
  }
}

function inBase(number: number, base: number, prefix: string): string {
  const whole = Math.trunc(number);
  return (whole < 0 ? '-' : '') + prefix + Math.abs(whole).toString(base).toUpperCase();
}

export const tostring = defineFunction({
  name: 'tostring',
  summary: 'Gives the text of a value; numbers also in binary, hexadecimal, with commas or as a duration.',
  source: 'Conversion functions',
  usage: 'tostring(<value>,<format>)',
  parameters: { min: 1, max: 2 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, format) => {
    if (value === null || value === undefined) return null;
    const kind = textOf(format) ?? '';
    if (typeof value !== 'object') return print(value, kind);
    return fromValues(valuesOf(value).map((item) => print(item, kind)));
  },
  check: (shapes) => {
    const format = constantText(shapes[1]);
    if (format === undefined || formats.includes(format)) return null;
    return {
      code: 'invalid-argument',
      argument: 1,
      message: `"${format}" is no format of tostring`,
      help: `write one of ${formats.join(', ')}`,
    };
  },
  pure: true,
  examples: [
    { expression: 'tostring(1==1)', result: 'True' },
    { expression: 'tostring(15, "hex")', result: '0xF' },
    { expression: 'tostring(9, "binary")', result: '1001' },
    { expression: 'tostring(12345.6789, "commas")', result: '12,345.68' },
    { title: 'two decimals', expression: 'tostring(1249.5, "commas")', result: '1,249.50' },
    { expression: 'tostring(615, "duration")', result: '00:10:15' },
    { title: 'days', expression: 'tostring(90061, "duration")', result: '1+01:01:01' },
  ],
});
