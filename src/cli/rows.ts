// Result rows as text: aligned tables, CSV, JSON and JSON lines.
import { displayWidth, printable } from '../diagnostic/printable.js';
import { valuesOf } from '../runtime/multivalue.js';
import { formatScalar, toNumber } from '../runtime/number.js';
import { columnsOf, fieldNames, read } from '../runtime/row.js';
import { strftime } from '../runtime/strftime.js';
import type { FieldValue, Row } from '../runtime/value.js';
import { zoneOf } from '../runtime/zone.js';

export type RowFormat = 'table' | 'json' | 'ndjson' | 'csv';

/** What is known of a result's columns before one looks at its rows. */
export interface KnownColumns {
  /** All of them, in order. */
  readonly all: readonly string[] | undefined;
  /** The order of those that a command made from data. */
  readonly made: readonly string[];
}

/**
 * The columns of a result: those known, else those made from data, then others in order of appearance; `_time` first,
 * `_raw` last. Splunk hides internal fields but these two.
 */
export function resultColumns(rows: readonly Row[], { all, made }: KnownColumns): string[] {
  if (all !== undefined) return [...all];
  const rank = (name: string): number => (name === '_time' ? 0 : name === '_raw' ? 2 : 1);
  return columnsOf(rows, made)
    .filter((name) => !/^_span(?:days)?$/.test(name))
    .sort((a, b) => rank(a) - rank(b));
}

/** A time as ISO 8601 with its offset. */
function isoTime(value: FieldValue, timezone: string): string | null {
  const time = toNumber(value);
  if (Number.isNaN(time)) return null;
  return strftime(time, '%Y-%m-%dT%H:%M:%S.%3N%:z', zoneOf(timezone));
}

function cellText(name: string, value: FieldValue, timezone: string, separator: string): string {
  if (name === '_time') {
    const time = isoTime(value, timezone);
    if (time !== null) return time;
  }
  return valuesOf(value).map(formatScalar).join(separator);
}

/** An aligned table. Values of a multivalue are separated by a comma; what a terminal would obey is made visible. */
export function formatTable(rows: readonly Row[], columns: readonly string[], timezone: string): string {
  if (rows.length === 0) return 'no results\n';
  const lines = [
    columns.map(printable),
    ...rows.map((row) => columns.map((name) => printable(cellText(name, read(row, name), timezone, ', ')))),
  ];
  const isNumeric = columns.map((name) =>
    rows.every((row) => {
      const value = read(row, name);
      return name !== '_time' && (value === null || !Number.isNaN(toNumber(value)));
    }),
  );
  const widths = columns.map((_, index) =>
    lines.reduce((most, line) => Math.max(most, displayWidth(line[index] ?? '')), 0),
  );
  const text = lines.map((line) =>
    line
      .map((cell, index) => {
        const gap = ' '.repeat((widths[index] ?? 0) - displayWidth(cell));
        return isNumeric[index] ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(Math.max(width, 1))).join('  ');
  return [text[0], rule, ...text.slice(1), ''].join('\n');
}

/** CSV with a header; values of a multivalue are separated by line breaks, as Splunk exports them. */
export function formatCsv(rows: readonly Row[], columns: readonly string[], timezone: string): string {
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [
    columns,
    ...rows.map((row) => columns.map((name) => cellText(name, read(row, name), timezone, '\n'))),
  ];
  return lines.map((line) => `${line.map(quoted).join(',')}\n`).join('');
}

/** A row as a JSON object on one line; fields without a value are left out. */
export function formatJsonRow(row: Row, columns?: readonly string[]): string {
  const names = columns ?? fieldNames(row);
  const members = names.flatMap((name) => {
    const value = read(row, name);
    return value === null ? [] : [`${JSON.stringify(name)}:${JSON.stringify(value)}`];
  });
  return `{${members.join(',')}}`;
}

/** All rows in one of the formats. */
export function formatRows(
  rows: readonly Row[],
  format: RowFormat,
  known: KnownColumns,
  timezone: string,
): string {
  switch (format) {
    case 'table':
      return formatTable(rows, resultColumns(rows, known), timezone);
    case 'csv':
      return formatCsv(rows, resultColumns(rows, known), timezone);
    case 'ndjson':
      return rows.map((row) => `${formatJsonRow(row, known.all)}\n`).join('');
    case 'json':
      return rows.length === 0
        ? '[]\n'
        : `[\n${rows.map((row) => `  ${formatJsonRow(row, known.all)}`).join(',\n')}\n]\n`;
  }
}
