// Log files as the events of a search: readers give raw events, search-time knowledge makes their rows.
import type { Dataset, RawScan } from './dataset/dataset.js';
import { newestFirst } from './dataset/newest-first.js';
import type { NeededTexts, NeededValue } from './dataset/term-filter.js';
import type { EarlyTest, Extractor, Knowledge } from './knowledge/knowledge.js';
import type { EventStore, FirstRows, ScanRequest } from './runtime/environment.js';
import { compileCidr } from './runtime/ip.js';
import { formatScalar, parseNumber } from './runtime/number.js';
import type { Escapes, RawEvent } from './runtime/raw-event.js';
import { searchIn } from './runtime/search-test.js';
import { createRow, type Row, type Scalar } from './runtime/value.js';

export interface EventStoreOptions {
  /** Splunk's order, newest `_time` first; it needs all events before the first row. Default: as the files have them. */
  readonly newestFirst?: boolean;
  /** Told of every scan of the files, whose report is complete when the scan is. */
  readonly onScan?: (scan: RawScan) => void;
  /** What rows of already extracted fields are given besides their own; other metadata is not made up for them. */
  readonly told?: {
    readonly [Name in 'index' | 'source' | 'sourcetype' | 'host']?: string | undefined;
  };
}

/** What a store needs of search-time knowledge. */
type EventKnowledge = Pick<Knowledge, 'extractor'> & Partial<Pick<Knowledge, 'expand' | 'textOf'>>;

/** A store that reads files; its scans can only be awaited. */
export interface FileEventStore extends EventStore {
  scan(request: ScanRequest): AsyncIterable<Row>;
  scanBatches(request: ScanRequest): AsyncIterable<Iterable<Row>>;
}

/**
 * Makes a dataset searchable. Of every event only the fields that the search reads are extracted, and an event is
 * left out as soon as a condition of the request fails.
 */
export function openEventStore(
  dataset: Dataset,
  knowledge: EventKnowledge,
  options: EventStoreOptions = {},
): FileEventStore {
  async function* batches(request: ScanRequest): AsyncGenerator<Iterable<Row>, void, undefined> {
    const { earliest, latest } = request;
    const scan = dataset.scan({
      ...(earliest === undefined ? {} : { earliest }),
      ...(latest === undefined ? {} : { latest }),
      textsOf: (origin) => neededTexts(request, knowledge.textOf?.(origin)),
    });
    options.onScan?.(scan);
    const early = earlyTest(request);
    const fromRaw = knowledge.extractor(request.fields, early);
    const rows =
      (knowing: Extractor): Extractor =>
      (event) =>
        event.extracted ? extractedRow(event, options) : knowing(event);
    const extract = rows(fromRaw);
    const expand = knowledge.expand ?? null;
    if (options.newestFirst === true && request.anyOrder !== true) {
      const { first } = request;
      const events =
        first !== undefined && expand === null
          ? await newestOf(scan, rows(knowledge.extractor(fieldsOf(first), early)), request, first)
          : await newestFirst(scan, admission(knowledge, early));
      yield rowsOf(events, extract, expand);
      return;
    }
    for await (const events of scan) yield rowsOf(events, extract, expand);
  }
  return {
    async *scan(request) {
      for await (const rows of batches(request)) yield* rows;
    },
    scanBatches: batches,
  };
}

const fieldsOf = ({ fields }: FirstRows): ReadonlySet<string> | 'all' =>
  fields === 'all' ? fields : new Set(fields);

/** Events that are held beyond those that are wanted, so that they are not sorted for each one more. */
const SPARE_EVENTS = 2000;

/** The newest events that pass a test, newest first; of equal times what was read last comes first. */
async function newestOf(
  batches: AsyncIterable<readonly RawEvent[]>,
  extract: Extractor,
  { earliest = Number.NEGATIVE_INFINITY, latest = Number.POSITIVE_INFINITY }: ScanRequest,
  { count, test }: FirstRows,
): Promise<RawEvent[]> {
  let held: { readonly time: number; readonly order: number; readonly event: RawEvent }[] = [];
  let oldest = Number.NEGATIVE_INFINITY;
  let order = 0;
  const keep = (): void => {
    held.sort((a, b) => (a.time === b.time ? b.order - a.order : b.time - a.time));
    held = held.slice(0, count);
    oldest = held.length < count ? Number.NEGATIVE_INFINITY : (held.at(-1)?.time ?? oldest);
  };
  for await (const events of batches)
    for (const event of events) {
      order++;
      // Events without a time come last.
      const time = event.time ?? Number.NEGATIVE_INFINITY;
      if (time < oldest) continue;
      const row = extract(event);
      if (row === null) continue;
      const own = row['_time'] ?? null;
      if (own !== null && (Number(own) < earliest || Number(own) >= latest)) continue;
      if (!test(row)) continue;
      held.push({ time, order, event });
      if (held.length >= count + SPARE_EVENTS) keep();
    }
  keep();
  return held.map(({ event }) => event);
}

function* rowsOf(
  events: Iterable<RawEvent>,
  extract: Extractor,
  expand: Knowledge['expand'],
): Generator<Row> {
  for (const event of expand === null ? events : expanded(events, expand)) {
    const row = extract(event);
    if (row !== null) yield row;
  }
}

function* expanded(
  events: Iterable<RawEvent>,
  expand: NonNullable<Knowledge['expand']>,
): Generator<RawEvent> {
  for (const event of events) {
    if (event.extracted) yield event;
    else yield* expand(event);
  }
}

function extractedRow(event: RawEvent, { told = {} }: EventStoreOptions): Row {
  const row = event.preset ?? createRow();
  for (const [name, value] of Object.entries(told)) if (value !== undefined) row[name] = value;
  if (event.time !== null) row['_time'] = event.time;
  return row;
}

/** Whether an event may be of the search; an event that is still to become several always may. */
function admission(knowledge: EventKnowledge, early: EarlyTest | undefined): (event: RawEvent) => boolean {
  const { expand } = knowledge;
  if (early === undefined || (expand !== undefined && expand !== null)) return () => true;
  const testable = knowledge.extractor(early.fields);
  return (event) => {
    if (event.extracted) return true;
    const row = testable(event);
    return row !== null && early.test(row);
  };
}

/** Clauses of more conditions take longer to look for than they spare. */
const MOST_ALTERNATIVES = 32;

/**
 * What stands in the text of every event that meets the conditions of a request.
 *
 * @param textOf  what knowledge tells of the events' fields; undefined when it tells nothing
 */
function neededTexts(
  { rawTerms, conditions = [], alternatives = [] }: ScanRequest,
  textOf: ReturnType<Knowledge['textOf']> | undefined,
): NeededTexts {
  if (textOf === undefined) return { terms: rawTerms };
  if (textOf === null) return { terms: [] };
  const values: NeededValue[] = [];
  const escapes = new Set<Escapes>();
  for (const clause of [...conditions.map((condition) => [condition]), ...alternatives]) {
    const patterns: string[] = [];
    const found = new Set<Escapes>();
    let fields: Set<string> | null = new Set();
    const isKnown = clause.every((condition) => {
      const text = textOf(condition.field);
      if (text === null || condition.patterns.some((pattern) => isOpen(pattern, text.values))) return false;
      for (const kind of text.escapes) found.add(kind);
      fields = fields === null || text.fields === null ? null : new Set([...fields, ...text.fields]);
      return patterns.push(...condition.patterns) <= MOST_ALTERNATIVES;
    });
    if (!isKnown) continue;
    values.push({ patterns, fields });
    for (const kind of found) escapes.add(kind);
  }
  return { terms: rawTerms, values, escapes };
}

/** Whether a value may match a pattern without having its text, or as one that is not of the event's text. */
function isOpen(pattern: string, others: readonly Scalar[]): boolean {
  // The addresses of a network are written in other ways than the network.
  if (pattern.includes('/') && compileCidr(pattern) !== null) return true;
  const isNumber = !Number.isNaN(parseNumber(pattern));
  const pieces = pattern.toLowerCase().split('*');
  return others.some((value) => {
    if (typeof value === 'number' && isNumber) return true;
    const text = formatScalar(value).toLowerCase();
    return pieces.every((piece) => text.includes(piece));
  });
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
