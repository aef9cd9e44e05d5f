// The running smallest and largest value that min, max and range keep, in stats and in eval.
import { formatScalar, toNumber } from './number.js';
import { ownText } from './own-text.js';
import type { FieldValue, Scalar } from './value.js';

/**
 * Numbers compare as numbers; text that is no number compares by its characters and comes after every number
 * (Aggregate functions, max and min).
 */
export class Extreme {
  numbers = 0;
  lowest = 0;
  highest = 0;
  first: string | null = null;
  last: string | null = null;

  add(value: FieldValue): this {
    if (typeof value === 'number') this.number(value);
    else if (typeof value === 'object' && value !== null) for (const item of value) this.one(item);
    else if (value !== null && value !== false)
      this.one(typeof value === 'boolean' ? formatScalar(value) : value);
    return this;
  }

  merge(other: Extreme): this {
    if (other.numbers > 0) {
      this.number(other.lowest);
      this.number(other.highest);
    }
    if (other.first !== null) this.one(other.first);
    if (other.last !== null) this.one(other.last);
    return this;
  }

  private one(value: Scalar): void {
    const number = toNumber(value);
    if (!Number.isNaN(number)) this.number(number);
    else {
      const text = value as string;
      if (this.first === null || text < this.first) this.first = ownText(text);
      if (this.last === null || text > this.last) this.last = ownText(text);
    }
  }

  private number(value: number): void {
    if (this.numbers++ === 0) {
      this.lowest = value;
      this.highest = value;
    } else if (value < this.lowest) this.lowest = value;
    else if (value > this.highest) this.highest = value;
  }
}
