// What the numeric functions share: numbers in, a finite number or null out.
import { special, toNumber } from '../runtime/number.js';
import type { Evaluate } from './function.js';

/** An evaluate of one number; null for what is no number. */
export function ofNumber(apply: (number: number) => number): Evaluate {
  return (_context, value) => {
    const number = typeof value === 'number' ? value : toNumber(value);
    return Number.isNaN(number) ? null : special(apply(number));
  };
}

/** An evaluate of two numbers. */
export function ofNumbers(apply: (a: number, b: number) => number): Evaluate {
  return (_context, first, second) => {
    const a = toNumber(first);
    const b = toNumber(second);
    return Number.isNaN(a) || Number.isNaN(b) ? null : special(apply(a, b));
  };
}
