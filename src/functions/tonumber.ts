// The eval function tonumber.
import { mapText } from '../runtime/multivalue.js';
import { parseNumber, toNumber } from '../runtime/number.js';
import type { FieldValue } from '../runtime/value.js';
import { defineFunction } from './function.js';
import { constantText } from './shapes.js';

function read(text: string, base: number): number | null {
  if (base === 10) {
    const value = parseNumber(text);
    return Number.isNaN(value) ? null : value;
  }
  const match = /^([+-]?)(?:0[xX](?=.))?([0-9A-Za-z]+)$/.exec(text);
  if (match === null || (/^[+-]?0[xX]/.test(text) && base !== 16 && base < 34)) return null;
  let value = 0;
  for (const c of match[2] as string) {
    const digit = Number.parseInt(c, 36);
    if (digit >= base) return null;
    value = value * base + digit;
  }
  return match[1] === '-' ? -value : value;
}

function baseOf(base: FieldValue | undefined): number {
  return base === undefined ? 10 : toNumber(base);
}

export const tonumber = defineFunction({
  name: 'tonumber',
  summary: 'Reads a number from text in a base from 2 to 36.',
  source: 'Conversion functions',
  usage: 'tonumber(<str>,<base>)',
  parameters: { min: 1, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, base) => {
    if (typeof value === 'number' && base === undefined) return value;
    const radix = baseOf(base);
    if (!(Number.isInteger(radix) && radix >= 2 && radix <= 36)) return null;
    return mapText(value, (text) => read(text, radix));
  },
  check: (shapes) => {
    const base = shapes[1] === undefined ? '10' : constantText(shapes[1]);
    if (base === undefined) return null;
    const radix = Number(base);
    if (!(Number.isInteger(radix) && radix >= 2 && radix <= 36)) {
      return {
        code: 'invalid-argument',
        argument: 1,
        message: `the base "${base}" is not a whole number from 2 to 36`,
      };
    }
    const text = constantText(shapes[0]);
    if (text === undefined || read(text, radix) !== null) return null;
    return { code: 'invalid-argument', argument: 0, message: `"${text}" is no number in base ${radix}` };
  },
  pure: true,
  examples: [
    { expression: 'tonumber("0101", 2)', result: 5 },
    { expression: 'tonumber("0A4", 16)', result: 164 },
    { expression: 'tonumber(s)', fields: { s: '21.5' }, result: 21.5 },
    { title: 'no number', expression: 'tonumber(s)', fields: { s: 'seven' }, result: null },
  ],
});
