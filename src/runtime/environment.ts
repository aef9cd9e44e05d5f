// What a running search may ask of the world around it: events, lookups and the clock. Nothing else reaches it.
import type { Location } from './location-database.js';
import type { Row } from './value.js';

/** What the compiled search needs of the events; a source that can use it reads less, any other may ignore it. */
export interface ScanRequest {
  /** Names of the fields the search reads, or `all` when its result shows every field. */
  readonly fields: ReadonlySet<string> | 'all';
  /**
   * Texts that must stand in the raw event (any case), in conjunctive form: of every inner list at least one.
   * A necessary condition only: the search filters again.
   */
  readonly rawTerms: readonly (readonly string[])[];
  /** Equality conditions on default fields (index, source, sourcetype, host) known before extraction; wildcards allowed. */
  readonly metadata: readonly { readonly field: string; readonly patterns: readonly string[] }[];
  /**
   * Equality conditions on any other field, a tag or a value of the event, with wildcards: a source that extracts
   * fields can leave an event out once one fails. Necessary conditions only, as above.
   */
  readonly conditions?: readonly FieldCondition[];
  /** The same of several fields: of every inner list at least one condition holds. */
  readonly alternatives?: readonly (readonly FieldCondition[])[];
  /** Time bounds in epoch seconds, `earliest` inclusive, `latest` exclusive. */
  readonly earliest?: number;
  readonly latest?: number;
  /** The result is the same in whatever order the events come, so that they need not be gathered and sorted. */
  readonly anyOrder?: boolean;
  /**
   * Only the first rows that pass a test are taken, so that a source which has to put its rows in order needs to hold no
   * more. It may hand out others.
   */
  readonly first?: FirstRows;
  /** Free text is looked for: an event without `_raw` is to come with all its fields, of which its text is made. */
  readonly text?: boolean;
  /**
   * The rows of this data-model data set are asked for, with its fields without prefix. Only of a source that the
   * search was compiled for.
   */
  readonly dataset?: string;
}

/** The first rows that pass a test, which reads some fields of a row. */
export interface FirstRows {
  readonly count: number;
  readonly fields: readonly string[] | 'all';
  readonly test: (row: Row) => boolean;
}

/** A field that equals any of some patterns, without case and with wildcards. */
export interface FieldCondition {
  readonly field: string;
  readonly patterns: readonly string[];
}

/** Events that know how to read only what is asked for. */
export interface EventStore {
  scan(request: ScanRequest): Iterable<Row> | AsyncIterable<Row>;
  /** The same in batches, for sources that read many events at a time. */
  scanBatches?(request: ScanRequest): AsyncIterable<Iterable<Row>>;
}

/** A lookup as transforms.conf describes it. `csv` is the table's text, its first line the header. */
export interface LookupTable {
  readonly csv: string;
  readonly matchType?: string[];
  readonly caseSensitiveMatch?: boolean;
  readonly minMatches?: number;
  readonly maxMatches?: number;
  readonly defaultMatch?: string;
  /** Time-based lookups: the column with the time, its strptime format, and how far before the event it may lie. */
  readonly timeField?: string;
  readonly timeFormat?: string;
  readonly minOffsetSeconds?: number;
  readonly maxOffsetSeconds?: number;
}

/** What a caller may set for a run; every member has a default. */
export interface Environment {
  /** Epoch seconds, what now() returns; default: the clock. */
  readonly now?: number;
  /** IANA zone; default UTC. */
  readonly timezone?: string;
  readonly lookups?: Readonly<Record<string, string | LookupTable>>;
  /** The given events are all of this data set ("Endpoint.Processes"), with fields without its prefix. */
  readonly dataModel?: string;
  /** Time range of the whole search, epoch seconds. */
  readonly earliest?: number;
  readonly latest?: number;
  /** Splunk's limits, overridable: rows kept by sort, join, subsearches … */
  readonly limits?: Readonly<Record<string, number>>;
  /** Told once per limit that cut rows, and of anything else a person should know about the result. */
  readonly warn?: (message: string) => void;
  /** Told the names of the columns that a command made from data, in order: rows can't keep that of numbers. */
  readonly orderColumns?: (names: readonly string[]) => void;
  /** Where an IP address is, for iplocation; without it iplocation adds nothing. */
  readonly locate?: (address: string) => Location | null;
  /** outputlookup and outputcsv hand the written table here. */
  readonly writeLookup?: (name: string, rows: readonly Row[], options: WriteOptions) => void;
}

/** How a table is written. */
export interface WriteOptions {
  /** Rows are added to those of the table, which is replaced otherwise. */
  readonly append: boolean;
  /** The field that tells records apart: with `append` a row takes the place of the record of the same value. */
  readonly key?: string;
  /** False: records that the table has stay as they are. */
  readonly updates?: boolean;
}
