// What a reader hands to search-time knowledge: one event as Splunk would have indexed it, before any extraction.
import type { Row } from './value.js';

/** One event of a log file. Readers set every member, in this order, so that all events have one hidden class. */
export interface RawEvent {
  /** The event's text as `_raw` shows it, decoded, without its line break. */
  readonly raw: string;
  /** `_time`, epoch seconds; `null` only for rows of already extracted fields that have none. */
  readonly time: number | null;
  readonly source: string;
  readonly sourcetype: string;
  readonly host: string;
  readonly index: string;
  /** 1-based line of the file (after unpacking) on which the event begins. */
  readonly line: number;
  /** The file as the user named it; a member of an archive as `logs.zip:inner/a.log`. */
  readonly file: string;
  /**
   * Fields that the file itself names: CSV columns, Zeek columns, rows given with `--events`, HEC `fields`.
   * As index-time fields they stand before search-time extraction. `null` when there are none.
   */
  readonly preset: Row | null;
  /** True when `preset` is all there is to know: nothing may be extracted from `raw` (`--events`). */
  readonly extracted: boolean;
  /** What `raw` was written anew from; absent where the file itself has the event's text. */
  readonly record?: ForeignRecord;
}

/** How a format writes characters of a value in other characters. */
export type Escapes = 'json' | 'xml' | 'zeek' | 'cells' | 'numbers';

/** What all events of a file have in common before they are read; what may differ from one to the next is left out. */
export interface Origin {
  /** All that occur. */
  readonly sourcetypes?: readonly string[];
  readonly source?: string;
  readonly host?: string;
  readonly index?: string;
}

/** An event as another tool wrote it down. Its `raw`, which Splunk would have indexed, is composed when it is asked for. */
export interface ForeignRecord {
  /** A JSON object. */
  readonly text: string;
  readonly shape: RecordShape;
}

/** How a tool writes down events. */
export interface RecordShape {
  readonly name: string;
  /** Makes a function that gives rows the wanted fields of such events as `raw` would give them; null where it cannot. */
  reader(wanted: ReadonlySet<string>): ((event: RawEvent, row: Row) => void) | null;
  /** Whether the text may have a field of this name that `raw` does not have. */
  holdsMore(field: string): boolean;
}
