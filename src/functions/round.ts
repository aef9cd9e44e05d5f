// The eval function round.
import { roundDecimal, toNumber, withDecimals } from '../runtime/number.js';
import { defineFunction } from './function.js';

export const round = defineFunction({
  name: 'round',
  summary:
    'Rounds a number to a number of decimals, none unless given; the decimals are printed even when they are 0.',
  source: 'Mathematical functions',
  usage: 'round(<num>,<precision>)',
  parameters: { min: 1, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, precision) => {
    const number = toNumber(value);
    if (Number.isNaN(number)) return null;
    const decimals = precision === undefined ? 0 : Math.trunc(toNumber(precision));
    if (Number.isNaN(decimals) || decimals < 0 || decimals > 100) return null;
    const rounded = roundDecimal(number, decimals);
    if (decimals <= 0 || Math.abs(rounded) >= 1e15) return rounded;
    // Splunk's number remembers its precision; here the text does
    return withDecimals(rounded, decimals);
  },
  // "You cannot specify a negative number for the decimal places."
  check: (shapes) => {
    const decimals = shapes[1]?.kind === 'constant' ? shapes[1].value : undefined;
    if (typeof decimals !== 'number' || decimals >= 0) return null;
    return { code: 'invalid-argument', argument: 1, message: 'the number of decimals cannot be negative' };
  },
  pure: true,
  examples: [
    { expression: 'round(3.5)', result: 4 },
    { expression: 'round(2.555, 2)', result: 2.56 },
    { expression: 'round(2.4)', result: 2 },
    { title: 'decimals stay', expression: 'round(2.5, 2)', result: '2.50' },
    { title: 'halves go away from zero', expression: 'round(-2.5)', result: -3 },
  ],
});
