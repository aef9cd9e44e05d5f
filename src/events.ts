// Local files as the events of a search: readers and search-time knowledge put together, newest first when asked.
import type { DatasetOptions, DatasetReport, IndexTimeSettings } from './dataset/dataset.js';
import { openDataset } from './dataset/open-dataset.js';
import type { Extractor, Knowledge } from './knowledge/knowledge.js';
import type { EventStore, ScanRequest } from './runtime/environment.js';
import { compileGlob, type TextTest } from './runtime/glob.js';
import type { RawEvent } from './runtime/raw-event.js';
import { createRow, type Row } from './runtime/value.js';

/** How to read events; what is left out has the readers' defaults. */
export interface EventsOptions extends Omit<DatasetOptions, 'indexTime'> {
  /** Search-time knowledge; without it rows have `_raw`, `_time`, metadata and the fields a file itself names. */
  readonly knowledge?: Pick<Knowledge, 'extractor' | 'indexTimeSettings'>;
  /** Hands out rows newest `_time` first, equal ones in the order of the files, as Splunk's searches do. */
  readonly newestFirst?: boolean;
}

/** Events of local files. Every scan reads them anew. */
export interface LocalEvents extends EventStore {
  scan(request: ScanRequest): AsyncIterable<Row>;
  scanBatches(request: ScanRequest): AsyncIterable<Iterable<Row>>;
  /** The events before extraction, in the order of the files. */
  rawEvents(request?: Partial<ScanRequest>): AsyncIterable<readonly RawEvent[]>;
  /** What the last scan that ran to its end, or runs now, read and could not read. */
  readonly report: DatasetReport;
}

/** Opens files, folders, globs and `-` as events. Nothing is read before a scan is iterated. */
export function openEvents(inputs: readonly string[], options: EventsOptions = {}): LocalEvents {
  const { knowledge, newestFirst, ...reading } = options;
  const dataset = openDataset(inputs, {
    ...reading,
    ...(knowledge ? { indexTime: (stream) => indexTimeSettings(knowledge.indexTimeSettings(stream)) } : {}),
  });
  let report: DatasetReport = { files: [], diagnostics: [] };
  const rawEvents = (request: Partial<ScanRequest> = {}) => {
    const scan = dataset.scan(request);
    report = scan.report;
    return scan;
  };
  async function* scanBatches(request: ScanRequest): AsyncGenerator<Iterable<Row>> {
    const extract = rowMaker(options, request);
    const raw = rawEvents(request);
    if (newestFirst && !request.anyOrder) {
      yield rowsOf(await sortedNewestFirst(raw), extract);
      return;
    }
    for await (const batch of raw) yield rowsOf(batch, extract);
  }
  return {
    get report() {
      return report;
    },
    rawEvents,
    scanBatches,
    async *scan(request) {
      for await (const batch of scanBatches(request)) yield* batch;
    },
  };
}

function* rowsOf(events: Iterable<RawEvent>, extract: Extractor): Generator<Row> {
  for (const event of events) {
    const row = extract(event);
    if (row !== null) yield row;
  }
}

function rowMaker(options: EventsOptions, request: ScanRequest): Extractor {
  const { knowledge } = options;
  const test = metadataTest(request.metadata);
  const extract: Extractor = knowledge
    ? knowledge.extractor(
        request.fields,
        test === null ? undefined : { fields: new Set(metadataFields), test },
      )
    : (event) => {
        const row = plainRow(event);
        return test === null || test(row) ? row : null;
      };
  return (event) => (event.extracted ? extractedRow(event, options) : extract(event));
}

// Given as fields, an event has these and what the caller says of it; no metadata is made up.
function extractedRow(event: RawEvent, told: EventsOptions): Row {
  const row = event.preset ?? createRow();
  for (const name of metadataFields) {
    const value = told[name];
    if (value !== undefined) row[name] = value;
  }
  if (event.time !== null) row['_time'] = event.time;
  return row;
}

function plainRow(event: RawEvent): Row {
  const row = createRow();
  row['_time'] = event.time;
  row['_raw'] = event.raw;
  row['host'] = event.host;
  row['source'] = event.source;
  row['sourcetype'] = event.sourcetype;
  row['index'] = event.index;
  for (const name of Object.keys(event.preset ?? {})) row[name] = event.preset?.[name] ?? null;
  return row;
}

const metadataFields = ['index', 'source', 'sourcetype', 'host'] as const;

function metadataTest(conditions: ScanRequest['metadata']): ((row: Row) => boolean) | null {
  if (conditions.length === 0) return null;
  const tests = conditions.map(({ field, patterns }) => ({
    field,
    globs: patterns.map((p) => compileGlob(p)),
  }));
  const holds = (value: Row[string] | undefined, globs: readonly TextTest[]): boolean => {
    // Several values, or none, are left to the search itself.
    if (typeof value !== 'string') return true;
    return globs.some((glob) => glob(value));
  };
  return (row) => tests.every(({ field, globs }) => holds(row[field], globs));
}

/**
 * Gathers the events and puts the newest first. Only raw events are held: a row is made when the search takes it,
 * and can be forgotten when the search has looked at it.
 */
async function sortedNewestFirst(batches: AsyncIterable<readonly RawEvent[]>): Promise<Iterable<RawEvent>> {
  const events: RawEvent[] = [];
  let isNewestFirst = true;
  let isOldestFirst = true;
  let last = Number.NaN;
  for await (const batch of batches) {
    for (const event of batch) {
      const time = sortTime(event);
      if (time > last) isNewestFirst = false;
      if (time < last) isOldestFirst = false;
      last = time;
      events.push(event);
    }
  }
  if (isNewestFirst) return events;
  if (!isOldestFirst) return events.sort((a, b) => compareTimes(sortTime(b), sortTime(a)));
  return reversed(events);
}

// Rows without a time come last.
const sortTime = (event: RawEvent) => event.time ?? Number.NEGATIVE_INFINITY;
const compareTimes = (a: number, b: number) => (a === b ? 0 : a - b);

// From the end, but equal times in the order they came in.
function* reversed(events: readonly RawEvent[]): Generator<RawEvent> {
  for (let end = events.length; end > 0; ) {
    let start = end - 1;
    const time = sortTime(events[start]!);
    while (start > 0 && sortTime(events[start - 1]!) === time) start--;
    for (let at = start; at < end; at++) yield events[at]!;
    end = start;
  }
}

const isTrue = (value: string) => /^(?:true|1|t|y|yes)$/i.test(value.trim());

/** Reads the settings that line breaking and timestamps use out of a stream's props.conf settings. */
export function indexTimeSettings(settings: ReadonlyMap<string, string>): IndexTimeSettings {
  const text = (key: string) => settings.get(key);
  const flag = (key: string) => {
    const value = text(key);
    return value === undefined ? undefined : isTrue(value);
  };
  const number = (key: string) => {
    const value = Number(text(key) ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  };
  const all = {
    LINE_BREAKER: text('LINE_BREAKER'),
    SHOULD_LINEMERGE: flag('SHOULD_LINEMERGE'),
    BREAK_ONLY_BEFORE: text('BREAK_ONLY_BEFORE'),
    BREAK_ONLY_BEFORE_DATE: flag('BREAK_ONLY_BEFORE_DATE'),
    MUST_BREAK_AFTER: text('MUST_BREAK_AFTER'),
    TIME_PREFIX: text('TIME_PREFIX'),
    TIME_FORMAT: text('TIME_FORMAT'),
    MAX_TIMESTAMP_LOOKAHEAD: number('MAX_TIMESTAMP_LOOKAHEAD'),
    TZ: text('TZ'),
    DATETIME_CONFIG: text('DATETIME_CONFIG'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ''));
}
