// The chronologically first and last value of a field, for earliest, latest and their relatives; counters and their rates.
import { toNumber } from '../runtime/number.js';
import { ownValue } from '../runtime/own-text.js';
import type { FieldValue } from '../runtime/value.js';

/** Values with their times; events without a time are passed over. */
export class Chronology {
  earliestTime: number | null = null;
  latestTime: number | null = null;
  earliest: FieldValue = null;
  latest: FieldValue = null;

  /** Of events at the same time the later seen is the earlier, as results come newest first. */
  add(value: FieldValue, time: number | null): this {
    if (time === null || value === null || value === false) return this;
    if (this.earliestTime === null || time <= this.earliestTime) {
      this.earliestTime = time;
      this.earliest = ownValue(value);
    }
    if (this.latestTime === null || time > this.latestTime) {
      this.latestTime = time;
      this.latest = ownValue(value);
    }
    return this;
  }
}

/** An accumulating counter: its first, last and largest value. */
export class Counter {
  private readonly values = new Chronology();
  private largest = Number.NEGATIVE_INFINITY;

  add(value: FieldValue, time: number | null): this {
    const number = toNumber(value);
    if (time === null || Number.isNaN(number)) return this;
    this.values.add(number, time);
    if (number > this.largest) this.largest = number;
    return this;
  }

  /** Change per second; a counter that fell was reset after its largest value (Time functions, rate). */
  rate(): number | null {
    const { earliest, latest, earliestTime, latestTime } = this.values;
    if (earliestTime === null || latestTime === null || latestTime === earliestTime) return null;
    const last = toNumber(latest);
    const reset = this.largest > last ? this.largest : 0;
    return (last + reset - toNumber(earliest)) / (latestTime - earliestTime);
  }
}
