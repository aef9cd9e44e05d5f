// The eval function log.
import { special, toNumber } from '../runtime/number.js';
import { defineFunction } from './function.js';

function logarithm(number: number, base: number): number {
  if (base === 10) return Math.log10(number);
  if (base === 2) return Math.log2(number);
  return Math.log(number) / Math.log(base);
}

export const log = defineFunction({
  name: 'log',
  summary: 'Gives the logarithm of a number to a base, 10 unless given.',
  source: 'Mathematical functions',
  usage: 'log(<num>,<base>)',
  parameters: { min: 1, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, base) => {
    const number = toNumber(value);
    const by = base === undefined ? 10 : toNumber(base);
    return Number.isNaN(number) || Number.isNaN(by) ? null : special(logarithm(number, by));
  },
  pure: true,
  examples: [
    { expression: 'log(1000)', result: 3 },
    { expression: 'log(8,2)', result: 3 },
    { title: 'of zero', expression: 'log(0)', result: '-inf' },
  ],
});
