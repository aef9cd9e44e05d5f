// The contract between the reader's loop and the line breakers: where the records of a block of bytes lie.

/** Where records lie in a block; parallel lists, so that a million records are not a million objects. */
export class RecordSpans {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** 1-based line on which each record begins. */
  readonly lines: number[] = [];
  /** How many records there are; what the lists hold behind them is of an earlier block. */
  count = 0;
  /** What is wrong with a record, by its place in the lists. */
  readonly faults = new Map<number, string>();
  /** What is wrong with the file's end, where no record is left to bear it. */
  endFault: { readonly line: number; readonly reason: string } | null = null;

  add(start: number, end: number, line: number, fault?: string): void {
    const { count } = this;
    if (fault !== undefined) this.faults.set(count, fault);
    this.starts[count] = start;
    this.ends[count] = end;
    this.lines[count] = line;
    this.count = count + 1;
  }

  clear(): void {
    this.count = 0;
    this.faults.clear();
    this.endFault = null;
  }
}

/** Finds records in a stream of bytes that is handed over block by block. */
export interface Splitter {
  /**
   * Appends the complete records of `data[from, to)` to `spans`.
   *
   * @param atEnd  no further bytes come: what is left is a record, or broken
   * @returns      offset of the first byte that is still needed; the next call's `from` is that byte
   */
  split(data: Buffer, from: number, to: number, atEnd: boolean, spans: RecordSpans): number;
  /** The next byte begins a record on the given line: called after a record too long to hold was left out. */
  restart(line: number): void;
}

export const NEWLINE = 10;
export const RETURN = 13;

/** Counts the line breaks of `data[from, to)`. */
export function countLines(data: Buffer, from: number, to: number): number {
  let count = 0;
  // Without the bound a search would run on to the end of a large buffer.
  const bytes = data.subarray(0, to);
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/** True when `data[from, to)` holds nothing but blanks. */
export function isBlank(data: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (data[at]! > 32) return false;
  return true;
}
