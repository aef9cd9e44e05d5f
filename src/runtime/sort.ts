// The order of rows: sort's types auto, num, str and ip, and where rows without a value stand.

import { compareScalars } from './compare.js';
import { parseIpv4, parseIpv6 } from './ip.js';
import type { LimitedRun } from './limits.js';
import { textOf } from './multivalue.js';
import { formatScalar, toNumber } from './number.js';
import type { FieldValue, Row, Scalar } from './value.js';

export interface SortSpec {
  readonly field: string;
  readonly descending: boolean;
  readonly type: 'auto' | 'num' | 'str' | 'ip';
}

type Key = number | string | bigint | null;

function first(value: FieldValue | undefined): Scalar | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (value === null || value === undefined) return null;
  return typeof value === 'boolean' ? textOf(value) : (value[0] ?? null);
}

/** The key that a value sorts by under a type, or null where it has none. */
function keyFor(value: FieldValue | undefined, type: SortSpec['type']): Key {
  const single = first(value);
  if (single === null) return null;
  if (type === 'str') return typeof single === 'string' ? single : formatScalar(single);
  if (type === 'num') {
    const number = toNumber(single);
    return Number.isNaN(number) ? null : number;
  }
  if (type === 'ip') {
    const text = typeof single === 'string' ? single : formatScalar(single);
    return addressKey(text) ?? text;
  }
  return single;
}

/** An address as a number, every IPv4 address before every IPv6 address. */
function addressKey(text: string): bigint | null {
  const four = parseIpv4(text);
  if (!Number.isNaN(four)) return BigInt(four);
  const six = parseIpv6(text);
  if (six === null) return null;
  return six.reduce((value, group) => (value << 16n) | BigInt(group), 1n << 128n);
}

function compareText(a: Key, b: Key): number {
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
}

function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'bigint' || typeof b === 'bigint') {
    if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
    return typeof a === 'bigint' ? -1 : 1;
  }
  // Search Reference, sort: addresses sort as addresses where both are some, numbers as numbers
  if (typeof a === 'string' && typeof b === 'string') {
    const [first, second] = [parseIpv4(a), parseIpv4(b)];
    if (!Number.isNaN(first) && !Number.isNaN(second)) return first - second;
  }
  return compareScalars(a as Scalar, b as Scalar);
}

/** Rows sorted by one key that is a number wherever there is one; null when it is not. */
function sortedByNumber(rows: readonly Row[], { field, type, descending }: SortSpec): Row[] | null {
  if (type === 'str' || type === 'ip') return null;
  const keys = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as Row;
    const key = keyFor(Object.hasOwn(row, field) ? row[field] : null, type);
    if (key !== null && typeof key !== 'number') return null;
    // Without a value a row stands last either way.
    keys[i] = key === null ? Number.POSITIVE_INFINITY : descending ? -key : key;
  }
  const order = Uint32Array.from(keys, (_, index) => index);
  order.sort((a, b) => {
    const [x, y] = [keys[a] as number, keys[b] as number];
    return x < y ? -1 : x > y ? 1 : a - b;
  });
  return Array.from(order, (index) => rows[index] as Row);
}

/**
 * Sorts rows by the keys, equal rows in the order they came; returns a new array. Rows without a value stand last
 * in ascending order and, by Splunk's habit, last in descending order too.
 *
 * @see Search Reference, sort
 */
export function sortRows(rows: readonly Row[], specs: readonly SortSpec[]): Row[] {
  const [only] = specs;
  if (only !== undefined && specs.length === 1) {
    const sorted = sortedByNumber(rows, only);
    if (sorted !== null) return sorted;
  }
  const entries = rows.map((row) => ({
    row,
    keys: specs.map((spec) => keyFor(Object.hasOwn(row, spec.field) ? row[spec.field] : null, spec.type)),
  }));
  entries.sort((a, b) => {
    for (let i = 0; i < specs.length; i++) {
      const x = a.keys[i] as Key;
      const y = b.keys[i] as Key;
      if (x === null || y === null) {
        if (x === y) continue;
        return x === null ? 1 : -1;
      }
      const order = specs[i]?.type === 'str' ? compareText(x, y) : compareKeys(x, y);
      if (order !== 0) return (specs[i] as SortSpec).descending ? -order : order;
    }
    return 0;
  });
  return entries.map((entry) => entry.row);
}

/** A place for rows of which only the first in order are kept. */
export interface TopRows {
  push(row: Row): void;
  /** How many rows are held. */
  readonly length: number;
  /** The rows kept, sorted. With a run and the name of the limit it is told that rows were cut. */
  inOrder(run?: LimitedRun, limitName?: string): Row[];
}

/** Keeps the first `limit` rows in the order of `sortRows`, and not many more at any time; 0 keeps all. */
export function topRows(specs: readonly SortSpec[], limit: number): TopRows {
  const most = limit > 0 ? limit + Math.max(limit, 4096) : Number.POSITIVE_INFINITY;
  let rows: Row[] = [];
  let count = 0;
  // Of equal rows those that came first stand first, so sorting what is kept before more comes changes nothing.
  const sorted = (): Row[] => (limit > 0 ? sortRows(rows, specs).slice(0, limit) : sortRows(rows, specs));
  return {
    push(row) {
      count++;
      rows.push(row);
      if (rows.length >= most) rows = sorted();
    },
    get length() {
      return rows.length;
    },
    inOrder(run, limitName) {
      if (limit > 0 && count > limit) run?.warn(`${limitName}: only ${limit} of ${count} rows were kept`);
      return sorted();
    },
  };
}

/** A place for rows of which only the last are kept. */
export interface LastRows {
  push(row: Row): void;
  /** How many rows are held. */
  readonly length: number;
  /** The rows kept, the last one first (Search Reference, tail). */
  fromEnd(): Row[];
}

/** Keeps the last `limit` rows, and not many more at any time. */
export function lastRows(limit: number): LastRows {
  let rows: Row[] = [];
  const last = (): Row[] => (limit > 0 ? rows.slice(-limit) : []);
  return {
    push(row) {
      rows.push(row);
      if (rows.length >= 2 * limit + 1024) rows = last();
    },
    get length() {
      return rows.length;
    },
    fromEnd: () => last().reverse(),
  };
}

/** Order of group rows: by their `by` values, numbers by number. */
export function compareValues(a: FieldValue | undefined, b: FieldValue | undefined): number {
  const x = first(a);
  const y = first(b);
  if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
  return compareScalars(x, y);
}
