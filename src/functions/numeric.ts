// What the numeric functions share: numbers in, a finite number or null out.
import { finite, toNumber } from '../runtime/number.js';
import type { Evaluate } from './function.js';

/** An evaluate of one number; null for what is no number and where the result is not finite. */
export function ofNumber(apply: (number: number) => number): Evaluate {
  return (_context, value) => {
    const number = typeof value === 'number' ? value : toNumber(value);
    return Number.isNaN(number) ? null : finite(apply(number));
  };
}

/** An evaluate of two numbers. */
export function ofNumbers(apply: (a: number, b: number) => number): Evaluate {
  return (_context, first, second) => {
    const a = toNumber(first);
    const b = toNumber(second);
    return Number.isNaN(a) || Number.isNaN(b) ? null : finite(apply(a, b));
  };
}
