// The chronologically first and last value of a field, for earliest, latest and their relatives.
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
      this.earliest = value;
    }
    if (this.latestTime === null || time > this.latestTime) {
      this.latestTime = time;
      this.latest = value;
    }
    return this;
  }
}
