// States that values also leave again, for windows that move over the rows one by one.
import { toNumber } from '../runtime/number.js';
import type { Sliding } from '../runtime/run.js';
import type { FieldValue } from '../runtime/value.js';

/** A sum that tells whether it is exact: only then does a number that is taken out leave the sum of the others. */
export class SlidingTotal implements Sliding {
  private count = 0;
  private sum = 0;
  private isExact = true;
  private readonly isMean: boolean;

  constructor(isMean: boolean) {
    this.isMean = isMean;
  }

  add(value: FieldValue): void {
    if (typeof value === 'number') this.push(value);
    else for (const number of numbersOf(value)) this.push(number);
  }

  private push(number: number): void {
    this.sum += number;
    this.count++;
    if (!Number.isSafeInteger(number) || !Number.isSafeInteger(this.sum)) this.isExact = false;
  }

  remove(value: FieldValue): boolean {
    if (!this.isExact) return false;
    for (const number of numbersOf(value)) {
      this.sum -= number;
      this.count--;
      if (!Number.isSafeInteger(this.sum)) return false;
    }
    return true;
  }

  finish(): FieldValue {
    if (this.count === 0) return null;
    return this.isMean ? this.sum / this.count : this.sum;
  }
}

/** The numbers that a total takes of a value; an eval expression that holds counts 1. */
function numbersOf(value: FieldValue): readonly number[] {
  const all = typeof value === 'object' && value !== null ? value.map(toNumber) : [numberOf(value)];
  return all.some(Number.isNaN) ? all.filter((number) => !Number.isNaN(number)) : all;
}
const numberOf = (value: FieldValue): number => (value === true ? 1 : toNumber(value));

/** A count of what `sizeOf` says of each value. */
export class SlidingCount implements Sliding {
  private count = 0;
  private readonly sizeOf: (value: FieldValue) => number;

  constructor(sizeOf: (value: FieldValue) => number) {
    this.sizeOf = sizeOf;
  }

  add(value: FieldValue): void {
    this.count += this.sizeOf(value);
  }

  remove(value: FieldValue): boolean {
    this.count -= this.sizeOf(value);
    return true;
  }

  finish(): FieldValue {
    return this.count;
  }
}
