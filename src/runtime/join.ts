// Joining rows with those of a subsearch by the values of fields.
import { load } from './compare.js';
import { combinations } from './group.js';
import { valuesOf } from './multivalue.js';
import { compositeKey, copyRow, fieldNames, read } from './row.js';
import type { Run } from './run.js';
import { timeOf } from './time-range.js';
import { createRow, type FieldValue, type Row } from './value.js';

export interface JoinOptions {
  /** Matches per row; 0 for all. */
  readonly max: number;
  /** A row without a match is kept. */
  readonly outer: boolean;
  readonly useTime?: boolean;
  /** With `useTime`: matches are earlier than the row, otherwise later. */
  readonly earlier?: boolean;
}

const unmatched: readonly Row[] = Object.freeze([createRow()]);
const none: readonly Row[] = Object.freeze([]);

/**
 * Makes the function that finds the subsearch rows for the values of a row (Search Reference, join). Values are
 * compared with case, as text; a row without one of the fields has no match.
 */
export function joinIndex(
  run: Run,
  right: readonly Row[],
  fields: readonly string[],
  options: JoinOptions,
): (values: readonly FieldValue[], time: FieldValue) => readonly Row[] {
  const limit = run.limit('join.subsearch_maxout');
  const rows = limit > 0 && right.length > limit ? right.slice(0, limit) : right;
  if (rows.length < right.length)
    run.warn(`join: the subsearch gave ${right.length} rows, only the first ${limit} were joined`);
  const index = new Map<string, Row[]>();
  for (const row of rows) {
    const values = fields.map((name) => read(row, name));
    if (values.includes(null)) continue;
    for (const combination of values.some(Array.isArray) ? combinations(values) : [values]) {
      const key = compositeKey(combination);
      const bucket = index.get(key);
      if (bucket === undefined) index.set(key, [row]);
      else bucket.push(row);
    }
  }
  const without = options.outer ? unmatched : none;
  return (values, time) => {
    if (values.includes(null)) return without;
    let found = index.get(compositeKey(values));
    if (found === undefined && values.some(Array.isArray)) {
      found = [
        ...new Set(combinations(values).flatMap((combination) => index.get(compositeKey(combination)) ?? [])),
      ];
    }
    if (found === undefined || found.length === 0) return without;
    if (options.useTime) found = byTime(found, timeOf(time), options.earlier === true);
    if (found.length === 0) return without;
    return options.max > 0 && found.length > options.max ? found.slice(0, options.max) : found;
  };
}

function byTime(rows: readonly Row[], time: number | null, earlier: boolean): Row[] {
  if (time === null) return [...rows];
  return rows.filter((row) => {
    const other = timeOf(read(row, '_time'));
    return other === null || (earlier ? other <= time : other >= time);
  });
}

/** A new row with the fields of both; with `overwrite` those of the right stand where both have one. */
export function mergeRows(left: Row, right: Row, overwrite: boolean): Row {
  const row = copyRow(left);
  for (const name of Object.keys(right)) {
    const value = load(right[name]);
    if (value === null) continue;
    if (overwrite || !Object.hasOwn(row, name)) row[name] = value;
  }
  return row;
}

/** The fields that some row on both sides has, for join without a list of fields. */
export function commonFields(left: readonly Row[], right: readonly Row[]): string[] {
  const names = new Set<string>();
  for (const row of right) for (const name of fieldNames(row)) names.add(name);
  const common = new Set<string>();
  for (const row of left)
    for (const name of fieldNames(row)) if (names.has(name) && !name.startsWith('_')) common.add(name);
  return [...common];
}

/** The values that mvexpand makes rows of; a row without the field stays as it is. */
export function expandValues(value: FieldValue, limit = 0): readonly FieldValue[] {
  if (!Array.isArray(value)) return [value];
  const values = valuesOf(value);
  return limit > 0 && values.length > limit ? values.slice(0, limit) : values;
}
