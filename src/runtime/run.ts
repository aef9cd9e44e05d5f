// One run of a search: the clock, the limits, the warnings and the events, made from what the caller set.
import type { Environment, EventStore, ScanRequest } from './environment.js';
import { defaultLimits } from './limits.js';
import { MissingInput } from './lookup.js';
import { textOf } from './multivalue.js';
import { read } from './row.js';
import type { FieldValue, Row } from './value.js';

/** Events in any of the forms a caller may give them. */
export type Events = Iterable<Row> | AsyncIterable<Row> | EventStore;

/** What generated code, commands and eval functions share during one run. */
export interface Run {
  readonly now: number;
  readonly timezone: string;
  readonly environment: Environment;
  readonly earliest: number | undefined;
  readonly latest: number | undefined;
  readonly field: (name: string) => FieldValue | undefined;
  readonly fieldNames: () => readonly string[];
  readonly random: () => number;
  readonly warn: (message: string) => void;
  readonly memory: Map<string, unknown>;
  readonly lookup: (
    name: string,
    input: ReadonlyMap<string, FieldValue>,
    outputs: readonly string[],
  ) => ReadonlyMap<string, FieldValue> | null;
  /** A limit's value: the caller's, or Splunk's default. */
  readonly limit: (name: string) => number;
  readonly aggregate: (call: AggregateCall) => Aggregator;
  /** The row whose fields fill `$name$` in a search that map runs. */
  readonly parameters: Row | null;
  /** The row that functions reading the whole event look at. */
  row: Row | null;
  /** Columns that a command made from data, in order; names like numbers lose theirs in a row. */
  columns: readonly string[];
  readonly orderColumns: (names: readonly string[]) => void;
  /** Rows that left each command, by its position; counted only by instrumented code. */
  readonly counts: number[];
}

/** Numbers from 0 up to 1 that are the same in every run (mulberry32). */
function seededRandom(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What a run is given by the module that knows the catalogues. */
export interface RunServices {
  readonly aggregate: (call: AggregateCall) => Aggregator;
  /** The named table as lookups see it, or null. */
  readonly lookupFunction: (run: Run) => Run['lookup'];
}

/** Which statistical function is called. */
export interface AggregateCall {
  readonly function: string;
  readonly parameter?: number;
  /** No result where a value is no number. */
  readonly allNumeric?: boolean;
  /** Of a sparkline: the function drawn, and the seconds of a point. */
  readonly drawn?: { readonly function: string; readonly span?: number };
}

/** The state of a window of rows: values come in at its end and leave at its beginning. */
export interface Sliding {
  add(value: FieldValue): void;
  /** Takes the oldest value out; false where that is not exact, and the state has to be made again. */
  remove(value: FieldValue): boolean;
  finish(): FieldValue;
}

/** An aggregate ready for use: state in, state out. */
export interface Aggregator {
  readonly start: () => unknown;
  readonly add: (state: unknown, value: FieldValue, time: number | null) => unknown;
  /** Adds what another state has seen, where the order of values is no matter. */
  readonly merge?: (state: unknown, other: unknown) => unknown;
  readonly finish: (state: unknown, scope?: unknown) => FieldValue;
  /** The same for a window that moves, where values can be taken out again. */
  readonly sliding?: () => Sliding;
}

/** Begins a run. */
export function beginRun(environment: Environment, services: RunServices): Run {
  const warned = new Set<string>();
  const run: Run = {
    now: environment.now ?? Math.floor(Date.now() / 1000),
    timezone: environment.timezone ?? 'UTC',
    environment,
    earliest: environment.earliest,
    latest: environment.latest,
    field: (name) => (run.row !== null && Object.hasOwn(run.row, name) ? run.row[name] : undefined),
    fieldNames: () => (run.row === null ? [] : Object.keys(run.row)),
    random: seededRandom(),
    warn: (message) => {
      if (warned.has(message)) return;
      warned.add(message);
      environment.warn?.(message);
    },
    memory: new Map(),
    lookup: (name, input, outputs) => services.lookupFunction(run)(name, input, outputs),
    aggregate: services.aggregate,
    limit: (name) => environment.limits?.[name] ?? defaultLimits[name] ?? 0,
    row: null,
    parameters: null,
    columns: [],
    orderColumns: (names) => {
      run.columns = names;
      environment.orderColumns?.(names);
    },
    counts: [],
  };
  return run;
}

/** The same run with a row whose fields fill `$name$` (map). */
export function withParameters(run: Run, parameters: Row | null): Run {
  return parameters === null ? run : { ...run, parameters };
}

/**
 * Text with `$name$` replaced by values of the parameter row.
 *
 * @throws MissingInput for a field that the row does not have: Splunk ends the search there
 */
export function fillParameters(text: string, run: Run): string {
  const { parameters } = run;
  if (parameters === null) return text;
  return text.replace(/\$([^$\s]+)\$/g, (_, name: string) => {
    const value = textOf(read(parameters, name));
    if (value === null) throw new MissingInput(`map: a result has no value for "$${name}$"`);
    return value;
  });
}

/** Arguments of a command with every text in them filled. */
export function fillArguments<T>(value: T, run: Run): T {
  if (typeof value === 'string') return fillParameters(value, run) as T;
  if (Array.isArray(value)) return value.map((item) => fillArguments(item, run)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, fillArguments(item, run)]),
  ) as T;
}

/** Counts a row that leaves a command. */
export function count(run: Run, position: number): void {
  run.counts[position] = (run.counts[position] ?? 0) + 1;
}

function isStore(events: Events): events is EventStore {
  return typeof (events as EventStore).scan === 'function';
}
function isIterable(events: Events): events is Iterable<Row> {
  return typeof (events as Iterable<Row>)[Symbol.iterator] === 'function';
}

/**
 * Makes events that can be read several times: arrays, sets and stores are as they are, an iterator that can only
 * run once is gathered.
 */
export async function rereadable(events: Events): Promise<Events> {
  if (isStore(events) || Array.isArray(events)) return events;
  const rows: Row[] = [];
  for await (const row of events) rows.push(row);
  return rows;
}

const batchSize = 4096;

/** A place that result rows are handed to. */
export interface RowSink {
  push(row: Row): unknown;
}

/** Completes a request: bounds in the search text go before those of the run. */
export function scanRequest(
  run: Run,
  request: {
    readonly fields: readonly string[] | 'all';
    readonly rawTerms: ScanRequest['rawTerms'];
    readonly metadata: ScanRequest['metadata'];
    readonly conditions?: NonNullable<ScanRequest['conditions']>;
    readonly alternatives?: NonNullable<ScanRequest['alternatives']>;
    readonly anyOrder?: boolean;
    readonly first?: NonNullable<ScanRequest['first']>;
    readonly text?: boolean;
    readonly dataset?: string;
  },
  range: { readonly earliest?: number; readonly latest?: number } = {},
): ScanRequest {
  const own = range.earliest !== undefined || range.latest !== undefined;
  const earliest = own ? range.earliest : run.earliest;
  const latest = own ? range.latest : run.latest;
  return {
    ...request,
    fields: request.fields === 'all' ? 'all' : new Set(request.fields),
    ...(earliest === undefined ? {} : { earliest }),
    ...(latest === undefined ? {} : { latest }),
  };
}

/**
 * The events as batches that are read synchronously: an iterable is one batch, a stream comes in small arrays.
 * Time bounds are tested here only where the caller set them for the whole search.
 */
export async function* batches(
  events: Events | undefined,
  request: ScanRequest,
): AsyncGenerator<Iterable<Row>, void, undefined> {
  if (events === undefined) return;
  const bounded = request.earliest !== undefined || request.latest !== undefined;
  const within = (rows: Iterable<Row>): Iterable<Row> => (bounded ? inRange(rows, request) : rows);
  if (isStore(events) && events.scanBatches !== undefined) {
    for await (const rows of events.scanBatches(request)) yield within(rows);
    return;
  }
  const source = isStore(events) ? events.scan(request) : events;
  if (Array.isArray(source)) {
    for (let from = 0; from < source.length; from += batchSize)
      yield within(source.slice(from, from + batchSize));
    return;
  }
  if (isIterable(source)) {
    yield within(source);
    return;
  }
  let batch: Row[] = [];
  for await (const row of source) {
    batch.push(row);
    if (batch.length >= batchSize) {
      yield within(batch);
      batch = [];
    }
  }
  if (batch.length > 0) yield within(batch);
}

function* inRange(rows: Iterable<Row>, request: ScanRequest): Iterable<Row> {
  const { earliest = Number.NEGATIVE_INFINITY, latest = Number.POSITIVE_INFINITY } = request;
  for (const row of rows) {
    const time = row['_time'];
    if (time === undefined || time === null) yield row;
    else if (Number(time) >= earliest && Number(time) < latest) yield row;
  }
}
