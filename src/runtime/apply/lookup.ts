// lookup, inputlookup and outputlookup over the tables of the run.
import { tableRows } from '../csv.js';
import { findLookup, isImpliedColumn, MissingInput, noColumn, requireLookup } from '../lookup.js';
import { copyRow, read } from '../row.js';
import { timeOf } from '../time-range.js';
import type { Row } from '../value.js';
import { zoneOf } from '../zone.js';
import { argumentsAs, type GenerateFunction, type RowFunction, type RowsFunction } from './apply.js';

interface Pair {
  readonly column: string;
  readonly field: string;
}
interface Arguments {
  readonly table: string;
  readonly inputs: readonly Pair[];
  /** Absent: every other column of the table. */
  readonly outputs?: readonly Pair[];
  readonly onlyNew?: boolean;
  /** A table that is not given changes nothing (calculations of data models). */
  readonly optional?: boolean;
  /** What holds the time of an event, for tables with times; `_time` unless it is said. */
  readonly timeField?: string;
}

/** Adds the columns of matching rows (Search Reference, lookup). */
export const lookupRow: RowFunction = (run, args) => {
  const { table, inputs, outputs, onlyNew, optional, timeField = '_time' } = argumentsAs<Arguments>(args);
  const lookup = optional ? findLookup(run, table) : requireLookup(run, table);
  if (lookup === undefined) return () => {};
  const columns = inputs.map((pair) => pair.column);
  const named = [...columns, ...(outputs ?? []).map((pair) => pair.column)];
  const missing = named.filter((name) => lookup.column(name) < 0 && !isImpliedColumn(name));
  const matcher = lookup.matcher(columns, zoneOf(run.timezone));
  // Splunk ends the search: it could not find all of the specified fields in the lookup table.
  if (missing.length > 0 && !optional && lookup.table.rows.length > 0)
    throw new MissingInput(noColumn(table, missing[0] ?? ''));
  if (matcher === null) return () => {};
  const pairs =
    outputs ??
    lookup.table.header
      .filter((name) => !columns.includes(name))
      .map((name) => ({ column: name, field: name }));
  const targets = pairs.map((pair) => ({ field: pair.field, index: lookup.column(pair.column) }));
  return (row: Row) => {
    const values = inputs.map((pair) => read(row, pair.field));
    if (values.includes(null)) return;
    const rows = matcher.find(values, timeOf(read(row, timeField)));
    if (!matcher.hasOutput(rows) && onlyNew) return;
    for (const { field, index } of targets) {
      if (onlyNew && read(row, field) !== null) continue;
      row[field] = index < 0 ? null : matcher.output(rows, index);
    }
  };
};

/** Rows of a table (Search Reference, inputlookup). */
export const inputLookup: GenerateFunction = (run, args) => {
  const start = Number(args['start'] ?? 0);
  const max = args['max'] === undefined ? Number.POSITIVE_INFINITY : Number(args['max']);
  return () => {
    const name = String(args['table']);
    const lookup = args['strict'] === false ? findLookup(run, name) : requireLookup(run, name);
    return lookup === undefined ? [] : tableRows(lookup.table).slice(start, start + max);
  };
};

/** Hands the rows to the caller as a table and lets them pass. */
export const outputLookup: RowsFunction = (run, args) => {
  const name = String(args['table']);
  const write = run.environment.writeLookup;
  if (write === undefined) run.warn(`outputlookup: no table is written here, "${name}" stays as it is`);
  return (rows) => {
    const max = Number(args['max'] ?? 0);
    const written = max > 0 ? rows.slice(0, max) : rows;
    if (written.length > 0 || args['overrideIfEmpty'] !== false)
      write?.(
        name,
        written.map((row) =>
          copyRow(row, (field) => !field.startsWith('_') || field === '_time' || field === '_key'),
        ),
        {
          append: args['append'] === true,
          ...(typeof args['key'] === 'string' ? { key: args['key'] } : {}),
          ...(args['updates'] === false ? { updates: false } : {}),
        },
      );
    return rows;
  };
};
