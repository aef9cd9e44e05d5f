// transaction: events that belong together become one.
import { setWithin, within } from '../group.js';
import { fromValues, pushValue, textOf, valuesOf } from '../multivalue.js';
import { fieldNames, keyOf, read } from '../row.js';
import { timeOf } from '../time-range.js';
import { createRow, type FieldValue, type Row, type Scalar } from '../value.js';
import { argumentsAs, expressionHook, type RowsFunction } from './apply.js';

interface Options {
  readonly fields: readonly string[];
  readonly maxSpan: number;
  readonly maxPause: number;
  readonly maxEvents: number;
  readonly connected: boolean;
  readonly keepEvicted: boolean;
  readonly keepOrphans: boolean;
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
  readonly delimiter: string;
  readonly list: true | readonly string[];
  readonly nullText: string | null;
  /** `mvraw=t`: `_raw` is a multivalue of the events. */
  readonly rawList?: boolean;
  readonly maxOpen: number;
  readonly maxOpenEvents: number;
}

interface Open {
  /** Newest first, as events come. */
  readonly events: Row[];
  readonly values: Map<string, Set<string>>;
  newest: number;
  oldest: number;
  /** Place among the opened ones: of several that an event fits, the one opened first takes it. */
  readonly serial: number;
  /** Its last event is not what a transaction ends with, so it can only be evicted. */
  readonly broken: boolean;
}

/**
 * Search Reference, transaction. Events come newest first; a transaction is opened by its last event and closed by
 * its first, or by a limit.
 */
export const transactionRows: RowsFunction = (run, args, hooks) => {
  const options = argumentsAs<Options>(args);
  const isStart = expressionHook(hooks, 'start');
  const isEnd = expressionHook(hooks, 'end');
  return (rows) => {
    const made: { row: Row; time: number }[] = [];
    const open = new OpenTransactions(options);
    let opened = 0;
    let openEvents = 0;
    const finish = (transaction: Open, complete: boolean): void => {
      const closed = complete && !transaction.broken;
      open.remove(transaction);
      openEvents -= transaction.events.length;
      if (!closed && !options.keepEvicted && (options.hasStart || options.hasEnd)) return;
      made.push({ row: merge(transaction, closed, options), time: transaction.oldest });
    };
    const begin = (row: Row, values: Values, time: number, broken: boolean): Open => {
      const transaction: Open = {
        events: [row],
        values: new Map(),
        newest: time,
        oldest: time,
        serial: opened++,
        broken,
      };
      open.add(transaction, values);
      return transaction;
    };
    const orphan = (row: Row): void => {
      if (!options.keepOrphans) return;
      // what tells such results from transactions (Search Reference, transaction, keeporphans)
      row['_txn_orphan'] = 1;
      made.push({ row, time: timeOf(read(row, '_time')) ?? 0 });
    };
    for (const row of rows) {
      const time = timeOf(read(row, '_time')) ?? 0;
      if (options.fields.length > 0 && options.fields.every((name) => read(row, name) === null)) {
        orphan(row);
        continue;
      }
      const ends = isEnd?.(row) === true;
      const starts = isStart?.(row) === true;
      const values = valuesFor(row, options);
      let transaction = open.find(values);
      if (transaction !== undefined && exceeds(transaction, time, options)) {
        // Cut off by a limit: complete when no start was wanted.
        finish(transaction, !options.hasStart);
        transaction = undefined;
      }
      if (ends && transaction !== undefined) {
        finish(transaction, !options.hasStart);
        transaction = undefined;
      }
      if (transaction === undefined) {
        transaction = begin(row, values, time, options.hasEnd && !ends);
      } else {
        transaction.events.push(row);
        transaction.oldest = Math.min(transaction.oldest, time);
        transaction.newest = Math.max(transaction.newest, time);
        open.add(transaction, values);
      }
      openEvents++;
      while (open.size > 1 && (open.size > options.maxOpen || openEvents > options.maxOpenEvents))
        finish(open.first() as Open, false);
      if (starts) finish(transaction, true);
      else if (options.maxEvents > 0 && transaction.events.length >= options.maxEvents)
        finish(transaction, !options.hasStart);
    }
    for (const transaction of open.all()) finish(transaction, !options.hasStart && options.hasEnd);
    void run;
    return made.sort((a, b) => b.time - a.time).map((item) => item.row);
  };
};

/** The values of an event, by field. */
type Values = ReadonlyMap<string, readonly string[]>;

function valuesFor(row: Row, options: Options): Values {
  const values = new Map<string, readonly string[]>();
  for (const name of options.fields) {
    const value = read(row, name);
    if (value !== null) values.set(name, valuesOf(value).map(keyOf));
  }
  return values;
}

/** The transactions that may take further events, found by the values of their fields. */
class OpenTransactions {
  private readonly options: Options;
  private readonly list = new Set<Open>();
  /** By field and value. */
  private readonly index = new Map<string, Map<string, Set<Open>>>();

  constructor(options: Options) {
    this.options = options;
  }

  get size(): number {
    return this.list.size;
  }

  first(): Open | undefined {
    return this.list.values().next().value;
  }

  all(): Open[] {
    return [...this.list].sort((a, b) => a.serial - b.serial);
  }

  /** Adds a transaction, or the values of a further event of it. */
  add(transaction: Open, values: Values): void {
    // the one that took an event last is the last to be evicted
    this.list.delete(transaction);
    this.list.add(transaction);
    for (const [name, texts] of values) {
      const known = setWithin(transaction.values, name);
      for (const text of texts) {
        if (known.has(text)) continue;
        known.add(text);
        this.indexed(name, text).add(transaction);
      }
    }
  }

  remove(transaction: Open): void {
    this.list.delete(transaction);
    for (const [name, texts] of transaction.values)
      for (const text of texts) {
        const holders = this.indexed(name, text);
        holders.delete(transaction);
        if (holders.size === 0) this.index.get(name)?.delete(text);
      }
  }

  /** Of those that an event belongs to the one opened first. */
  find(values: Values): Open | undefined {
    let found: Open | undefined;
    const consider = (candidates: Iterable<Open>): void => {
      for (const candidate of candidates)
        if ((found === undefined || candidate.serial < found.serial) && this.belongs(candidate, values))
          found = candidate;
    };
    if (this.options.fields.length === 0 || !this.options.connected) consider(this.list);
    else
      for (const [name, texts] of values)
        for (const text of texts) consider(this.index.get(name)?.get(text) ?? []);
    return found;
  }

  /** No field contradicts, and with `connected` at least one is shared. */
  private belongs(transaction: Open, values: Values): boolean {
    if (this.options.fields.length === 0) return true;
    let shared = false;
    for (const [name, texts] of values) {
      const known = transaction.values.get(name);
      if (known === undefined) continue;
      if (!texts.some((text) => known.has(text))) return false;
      shared = true;
    }
    return shared || !this.options.connected;
  }

  private indexed(name: string, text: string): Set<Open> {
    const byText = within(this.index, name, () => new Map<string, Set<Open>>());
    return within(byText, text, () => new Set<Open>());
  }
}

function exceeds(transaction: Open, time: number, options: Options): boolean {
  // "must span less than" maxspan, while pauses may be as long as maxpause (transaction, maxspan and maxpause). Both look
  // back in time alone: what comes later than the events before it is never too far away (extended example 7).
  const { newest, oldest } = transaction;
  const span = newest - time;
  if (options.maxSpan >= 0 && span > 0 && span >= options.maxSpan) return true;
  return options.maxPause >= 0 && oldest - time > options.maxPause;
}

function merge(transaction: Open, closed: boolean, options: Options): Row {
  const row = createRow();
  const events = [...transaction.events].reverse();
  const names = new Set(events.flatMap(fieldNames));
  for (const name of names) {
    if (name === '_time') continue;
    if (name === '_raw') {
      const texts = events.flatMap((event) => textOf(read(event, name)) ?? []);
      row[name] = options.rawList ? fromValues(texts) : texts.join('\n');
    } else row[name] = mergedValues(events, name, options);
  }
  row['_time'] = transaction.oldest;
  row['duration'] = Number((transaction.newest - transaction.oldest).toPrecision(15));
  row['eventcount'] = events.length;
  row['closed_txn'] = closed ? 1 : 0;
  row['field_match_sum'] = events.length * Math.max(1, options.fields.length);
  row['linecount'] = events.reduce(
    (sum, event) => sum + (textOf(read(event, '_raw')) ?? ' ').split('\n').length,
    0,
  );
  return row;
}

function mergedValues(events: readonly Row[], name: string, options: Options): FieldValue {
  const asList = options.list === true || options.list.includes(name);
  if (!asList) {
    const single = commonValue(events, name);
    if (single !== undefined) return single;
  }
  const values: Scalar[] = [];
  for (const event of events) {
    const value = read(event, name);
    if (value === null && asList && options.nullText !== null) values.push(options.nullText);
    else pushValue(values, value);
  }
  if (asList) return fromValues(values);
  const distinct = new Map(values.map((value) => [keyOf(value), value] as const));
  return fromValues([...distinct.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)));
}

/** The only value that events have, which is the usual case; undefined where there are several. */
function commonValue(events: readonly Row[], name: string): FieldValue | undefined {
  let found: FieldValue = null;
  for (const event of events) {
    const value = read(event, name);
    if (value === null || value === found) continue;
    if (found !== null || typeof value === 'object') return undefined;
    found = value;
  }
  return found;
}
