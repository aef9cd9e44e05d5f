// What reading log files takes and gives: options, the scan of raw events, and the report on every file.
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { ScanRequest } from '../runtime/environment.js';
import type { Origin, RawEvent } from '../runtime/raw-event.js';
import type { NeededTexts } from './term-filter.js';

/** How the text of a file is laid out. */
export type DatasetFormat =
  | 'windows-xml'
  | 'windows-text'
  | 'json-lines'
  | 'json'
  | 'csv'
  | 'zeek-tsv'
  | 'w3c'
  | 'auditd'
  | 'syslog'
  | 'access-log'
  | 'key-value'
  | 'lines'
  | 'event-rows'
  | 'empty';

/**
 * The index-time settings of props.conf that decide line breaking and `_time`, as written there.
 *
 * @see Admin Manual, props.conf: "Line breaking", "Timestamp extraction configuration"
 */
export interface IndexTimeSettings {
  readonly LINE_BREAKER?: string;
  readonly SHOULD_LINEMERGE?: boolean;
  readonly BREAK_ONLY_BEFORE?: string;
  readonly BREAK_ONLY_BEFORE_DATE?: boolean;
  readonly MUST_BREAK_AFTER?: string;
  readonly MUST_NOT_BREAK_AFTER?: string;
  readonly MUST_NOT_BREAK_BEFORE?: string;
  /** Lines that one event may have. Default 256. */
  readonly MAX_EVENTS?: number;
  readonly TIME_PREFIX?: string;
  readonly TIME_FORMAT?: string;
  readonly MAX_TIMESTAMP_LOOKAHEAD?: number;
  /** IANA name or offset. */
  readonly TZ?: string;
  readonly DATETIME_CONFIG?: string;
  /** Name of the text's encoding; default UTF-8, or UTF-16 where the bytes show it. */
  readonly CHARSET?: string;
  /** `csv`, `tsv`, `psv`, `w3c`: the file names its columns, whatever it looks like. */
  readonly INDEXED_EXTRACTIONS?: string;
  readonly FIELD_DELIMITER?: string;
  /** Names of the columns or members that hold `_time`, parted by commas. */
  readonly TIMESTAMP_FIELDS?: string;
  /** Bytes of an event beyond which it is cut; 0 is no limit. Default: no limit, unlike Splunk's 10000. */
  readonly TRUNCATE?: number;
}

/** Bounds that keep hostile input from exhausting memory or disk. */
export interface DatasetLimits {
  /** Longest event, in bytes; a longer one is reported and skipped to its end. Default 128 MiB. */
  readonly eventBytes: number;
  /** Bytes that all members of one archive or compressed file may unpack to. Default 64 GiB. */
  readonly unpackedBytes: number;
  /** Unpacked size over packed size, looked at beyond 64 MiB. Default 400. */
  readonly unpackRatio: number;
  /** Files that folders, globs and archives may name. Default 1,000,000. */
  readonly files: number;
}

/** How to read the inputs; every member has a default. */
export interface DatasetOptions {
  /** Told, these hold for every event, whatever the file says of itself. */
  readonly sourcetype?: string;
  readonly source?: string;
  readonly host?: string;
  readonly index?: string;
  /** Every line is a JSON object of already extracted fields. */
  readonly events?: boolean;
  /** IANA zone of timestamps that name none; default UTC. */
  readonly timezone?: string;
  /** Epoch seconds: the year of timestamps without one, and `_time` when nothing else gives it; default the clock. */
  readonly now?: number;
  /** props.conf of the events' stream; asked once per file and source type. */
  readonly indexTime?: (stream: {
    readonly sourcetype: string;
    readonly source: string;
    readonly host: string;
  }) => IndexTimeSettings | undefined;
  readonly limits?: Partial<DatasetLimits>;
  /** What the input `-` reads; default: the process's standard input. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** What one scan needs: only these parts of the search's request are looked at. */
export interface RawScanRequest extends Partial<Pick<ScanRequest, 'rawTerms' | 'earliest' | 'latest'>> {
  /** Tells of events of an origin what stands in their text, instead of `rawTerms`; asked once per file. */
  readonly textsOf?: (origin: Origin) => NeededTexts;
}

/** What became of one file, or of one member of an archive. */
export interface FileReport {
  readonly file: string;
  readonly format: DatasetFormat;
  /** How the format was known: from the source type or `events` of the options, or from the beginning of the file. */
  readonly formatKnownBy: 'told' | 'content';
  /** How the source type was known; `default` is that of the format. */
  readonly knownBy: 'told' | 'content' | 'default';
  /** Source types of the events handed out, in order of appearance. */
  readonly sourcetypes: readonly string[];
  readonly bytes: number;
  /** Events handed out. */
  readonly events: number;
  /** Events left out unread because a term is missing or the time is out of bounds. */
  readonly skipped: number;
  /** Records that are not what their format says. They are handed out as they stand unless `dropped` counts them. */
  readonly broken: number;
  /** Records too long to hand out. */
  readonly dropped: number;
  /** Events whose text has no timestamp: they got that of the event before, the file's date, or `now`. */
  readonly timeless: number;
}

/** Grows while a scan is read; complete when its iteration has ended. */
export interface DatasetReport {
  readonly files: readonly FileReport[];
  /** Files that could not be read, broken records (the first ones of every file), limits met. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One pass over the inputs. It can be iterated once. */
export interface RawScan extends AsyncIterable<readonly RawEvent[]> {
  readonly report: DatasetReport;
}

/** Inputs that can be scanned any number of times. */
export interface Dataset {
  /** Reads the inputs in the order given, folders by name; events keep their order in the file. */
  scan(request?: RawScanRequest): RawScan;
}
