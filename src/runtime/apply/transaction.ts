// transaction: events that belong together become one.
import { fromValues, pushValue, textOf, valuesOf } from '../multivalue.js';
import { fieldNames, keyOf, read } from '../row.js';
import { timeOf } from '../time-range.js';
import { createRow, type FieldValue, type Row, type Scalar } from '../value.js';
import { expressionHook, type RowsFunction } from './apply.js';

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
}

interface Open {
  /** Newest first, as events come. */
  readonly events: Row[];
  readonly values: Map<string, Set<string>>;
  newest: number;
  oldest: number;
  /** Its last event is not what a transaction ends with, so it can only be evicted. */
  readonly broken: boolean;
}

/**
 * Search Reference, transaction. Events come newest first; a transaction is opened by its last event and closed by
 * its first, or by a limit.
 */
export const transactionRows: RowsFunction = (run, args, hooks) => {
  const options = args as unknown as Options;
  const isStart = expressionHook(hooks, 'start');
  const isEnd = expressionHook(hooks, 'end');
  return (rows) => {
    const made: { row: Row; time: number }[] = [];
    let open: Open[] = [];
    const finish = (transaction: Open, complete: boolean): void => {
      const closed = complete && !transaction.broken;
      open = open.filter((other) => other !== transaction);
      if (!closed && !options.keepEvicted && (options.hasStart || options.hasEnd)) return;
      made.push({ row: merge(transaction, closed, options), time: transaction.oldest });
    };
    const begin = (row: Row, time: number, broken: boolean): Open => {
      const transaction: Open = {
        events: [row],
        values: valuesFor(row, options),
        newest: time,
        oldest: time,
        broken,
      };
      open.push(transaction);
      if (open.length > options.maxOpen) finish(open[0] as Open, false);
      return transaction;
    };
    const orphan = (row: Row): void => {
      if (options.keepOrphans) made.push({ row, time: timeOf(read(row, '_time')) ?? 0 });
    };
    for (const row of rows) {
      const time = timeOf(read(row, '_time')) ?? 0;
      if (options.fields.length > 0 && options.fields.every((name) => read(row, name) === null)) {
        orphan(row);
        continue;
      }
      const ends = isEnd?.(row) === true;
      const starts = isStart?.(row) === true;
      let transaction = open.find((candidate) => belongs(candidate, row, options));
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
        transaction = begin(row, time, options.hasEnd && !ends);
      } else {
        transaction.events.push(row);
        transaction.oldest = Math.min(transaction.oldest, time);
        transaction.newest = Math.max(transaction.newest, time);
        for (const [name, values] of valuesFor(row, options)) {
          const known = transaction.values.get(name);
          if (known === undefined) transaction.values.set(name, values);
          else for (const value of values) known.add(value);
        }
      }
      if (starts) finish(transaction, true);
      else if (options.maxEvents > 0 && transaction.events.length >= options.maxEvents)
        finish(transaction, !options.hasStart);
    }
    for (const transaction of [...open]) finish(transaction, !options.hasStart && options.hasEnd);
    void run;
    return made.sort((a, b) => b.time - a.time).map((item) => item.row);
  };
};

function valuesFor(row: Row, options: Options): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  for (const name of options.fields) {
    const value = read(row, name);
    if (value !== null) values.set(name, new Set(valuesOf(value).map((item) => keyOf(item))));
  }
  return values;
}

/** No field contradicts, and with `connected` at least one is shared. */
function belongs(transaction: Open, row: Row, options: Options): boolean {
  if (options.fields.length === 0) return true;
  let shared = false;
  for (const [name, values] of valuesFor(row, options)) {
    const known = transaction.values.get(name);
    if (known === undefined) continue;
    if (![...values].some((value) => known.has(value))) return false;
    shared = true;
  }
  return shared || !options.connected;
}

function exceeds(transaction: Open, time: number, options: Options): boolean {
  if (options.maxSpan >= 0 && Math.abs(transaction.newest - time) > options.maxSpan) return true;
  return options.maxPause >= 0 && Math.abs(transaction.oldest - time) > options.maxPause;
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
