// What the numeric aggregates share: reading numbers out of field values, and a running sum, mean and variance.
import { toNumber } from '../runtime/number.js';
import type { FieldValue } from '../runtime/value.js';

/** Count, sum, mean and squared deviations of the numbers seen (Welford); text that is no number is passed over. */
export class Moments {
  count = 0;
  sum = 0;
  mean = 0;
  squares = 0;

  add(value: FieldValue): this {
    if (typeof value === 'object' && value !== null) for (const item of value) this.push(toNumber(item));
    else this.push(toNumber(value));
    return this;
  }

  private push(number: number): void {
    if (Number.isNaN(number)) return;
    this.count++;
    this.sum += number;
    const delta = number - this.mean;
    this.mean += delta / this.count;
    this.squares += delta * (number - this.mean);
  }
}

/** A running total; `count` tells none from zero. An eval expression that holds counts 1. */
export class Total {
  count = 0;
  sum = 0;

  add(value: FieldValue): this {
    if (typeof value === 'number') {
      this.sum += value;
      this.count++;
      return this;
    }
    if (typeof value === 'object' && value !== null) for (const item of value) this.push(toNumber(item));
    else this.push(value === true ? 1 : toNumber(value));
    return this;
  }

  merge(other: Total): this {
    this.count += other.count;
    this.sum += other.sum;
    return this;
  }

  private push(number: number): void {
    if (Number.isNaN(number)) return;
    this.sum += number;
    this.count++;
  }
}

/** All numbers seen, for percentiles. */
export class Numbers {
  readonly values: number[] = [];
  readonly parameter: number;
  private sorted: Float64Array | undefined;

  constructor(parameter: number) {
    this.parameter = parameter;
  }

  add(value: FieldValue): this {
    this.sorted = undefined;
    if (typeof value === 'object' && value !== null) for (const item of value) this.push(toNumber(item));
    else this.push(toNumber(value));
    return this;
  }

  private push(number: number): void {
    if (!Number.isNaN(number)) this.values.push(number);
  }

  /** The numbers in ascending order. */
  inOrder(): ArrayLike<number> {
    this.sorted ??= Float64Array.from(this.values).sort();
    return this.sorted;
  }

  /**
   * The percentile by linear interpolation between the two nearest numbers: of 1 to 10 the 95th is 9.55
   * (Aggregate functions, perc: the values its examples print).
   */
  percentile(): number | null {
    const values = this.inOrder();
    if (values.length === 0) return null;
    const rank = (Math.min(100, Math.max(0, this.parameter)) * (values.length - 1)) / 100;
    const low = Math.floor(rank);
    const a = values[low] as number;
    const b = values[Math.min(low + 1, values.length - 1)] as number;
    return a + (b - a) * (rank - low);
  }
}
