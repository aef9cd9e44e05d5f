// The records that were left out unread since a time was known: an event without a time takes that of the event before it,
// whether the search shows that event or not.

/** Records without a time that are read in vain until a file counts as one without times. */
const VAIN_RECORDS = 1000;
/** Records that are read of such a file, before each event. */
const NEAREST_RECORDS = 8;

/** Reads the time of a record: a number, null where its source type gives it none, undefined where it has none of its own. */
export type TimeOfRecord = (record: number) => number | null | undefined;

/** A run of records that lie one behind the other. */
export class LeftRecords {
  #first = -1;
  #vain = 0;

  /** Notes that a record has been left out. */
  add(record: number): void {
    if (this.#first < 0) this.#first = record;
  }

  /** Forgets the records: what comes next has a time of its own. */
  clear(): void {
    this.#first = -1;
  }

  /** The last time that the records before `end` give, undefined where they give none; then they are forgotten. */
  lastTime(end: number, timeOf: TimeOfRecord): number | null | undefined {
    if (this.#first < 0) return undefined;
    const least = this.#vain < VAIN_RECORDS ? this.#first : Math.max(this.#first, end - NEAREST_RECORDS);
    this.#first = -1;
    for (let record = end - 1; record >= least; record--) {
      const time = timeOf(record);
      if (time === undefined) {
        this.#vain++;
        continue;
      }
      this.#vain = 0;
      return time;
    }
    return undefined;
  }
}
