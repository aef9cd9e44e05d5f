// Whole numbers of 53 bits, for the bitwise functions.
import { toNumber } from '../runtime/number.js';
import type { FieldValue } from '../runtime/value.js';

/** The largest number that the bitwise functions take (Bitwise functions). */
export const largest = Number.MAX_SAFE_INTEGER;

/** A non-negative whole number of 53 bits, or null. */
export function bitsOf(value: FieldValue | undefined): bigint | null {
  const number = toNumber(value);
  return Number.isInteger(number) && number >= 0 && number <= largest ? BigInt(number) : null;
}

/** Joins all arguments by an operation; null when one is out of range. */
export function joinBits(
  args: readonly FieldValue[],
  apply: (a: bigint, b: bigint) => bigint,
): number | null {
  let result: bigint | null = null;
  for (const arg of args) {
    const bits = bitsOf(arg);
    if (bits === null) return null;
    result = result === null ? bits : apply(result, bits);
  }
  return result === null ? null : Number(result);
}
