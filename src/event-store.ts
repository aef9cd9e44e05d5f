// Log files as the events of a search: readers give raw events, search-time knowledge makes their rows.
import type { Dataset, RawScan } from './dataset/dataset.js';
import type { EarlyTest, Knowledge } from './knowledge/knowledge.js';
import type { EventStore, ScanRequest } from './runtime/environment.js';
import type { RawEvent } from './runtime/raw-event.js';
import { searchIn } from './runtime/search-test.js';
import type { Row } from './runtime/value.js';

export interface EventStoreOptions {
  /** Splunk's order, newest `_time` first; it needs all events before the first row. Default: as the files have them. */
  readonly newestFirst?: boolean;
  /** Told of every scan of the files, whose report is complete when the scan is. */
  readonly onScan?: (scan: RawScan) => void;
}

/**
 * Makes a dataset searchable. Of every event only the fields that the search reads are extracted, and an event is
 * left out as soon as a condition of the request fails.
 */
export function openEventStore(
  dataset: Dataset,
  knowledge: Knowledge,
  options: EventStoreOptions = {},
): EventStore {
  async function* batches(request: ScanRequest): AsyncGenerator<Row[], void, undefined> {
    const scan = dataset.scan({
      rawTerms: request.rawTerms,
      ...(request.earliest === undefined ? {} : { earliest: request.earliest }),
      ...(request.latest === undefined ? {} : { latest: request.latest }),
    });
    options.onScan?.(scan);
    const extract = knowledge.extractor(request.fields, earlyTest(request));
    if (options.newestFirst !== true) {
      for await (const events of scan) {
        const rows: Row[] = [];
        for (const event of events) {
          const row = extract(event);
          if (row !== null) rows.push(row);
        }
        yield rows;
      }
      return;
    }
    const all: RawEvent[] = [];
    for await (const events of scan) for (const event of events) all.push(event);
    yield* newestFirst(all, extract);
  }
  return {
    async *scan(request) {
      for await (const rows of batches(request)) yield* rows;
    },
    scanBatches: batches,
  };
}

const BATCH = 1024;

function* newestFirst(
  events: RawEvent[],
  extract: (event: RawEvent) => Row | null,
): Generator<Row[], void, undefined> {
  const order = events.map((event, index) => ({ event, index }));
  // Of one second, what was read last comes first, as in an index.
  order.sort((a, b) => (b.event.time ?? 0) - (a.event.time ?? 0) || b.index - a.index);
  let rows: Row[] = [];
  for (const { event } of order) {
    const row = extract(event);
    if (row === null) continue;
    rows.push(row);
    if (rows.length < BATCH) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

/** The conditions of a request as one test, made early where it spares the extraction of everything else. */
function earlyTest(request: ScanRequest): EarlyTest | undefined {
  const conditions = [...request.metadata, ...(request.conditions ?? [])];
  if (conditions.length === 0) return undefined;
  const tests = conditions.map(({ field, patterns }) => ({ field, test: searchIn(patterns) }));
  return {
    fields: new Set(conditions.map(({ field }) => field)),
    test: (row) => tests.every(({ field, test }) => test(row[field] ?? null)),
  };
}
