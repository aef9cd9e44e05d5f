// The eval function toint.
import { toNumber } from '../runtime/number.js';
import { defineFunction } from './function.js';
import { tonumber } from './tonumber.js';

export const toint = defineFunction({
  name: 'toint',
  summary: 'Gives a value as a whole number; a fraction is rounded down.',
  source: 'Conversion functions',
  usage: 'toint(<value>,<base>)',
  parameters: { min: 1, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (context, value, base) => {
    if (typeof value === 'boolean') return null;
    const read = base === undefined ? value : tonumber.evaluate?.(context, value ?? null, base);
    const number = toNumber(read);
    return Number.isNaN(number) ? null : Math.floor(number);
  },
  pure: true,
  examples: [
    { expression: 'toint("24")', result: 24 },
    { expression: 'toint(3.14)', result: 3 },
    { expression: 'toint(-3.99)', result: -4 },
    { title: 'a base', expression: 'toint("FF", 16)', result: 255 },
    { title: 'no number', expression: 'toint("x")', result: null },
  ],
});
