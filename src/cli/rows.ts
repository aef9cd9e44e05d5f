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

/**
 * The lines of an aligned table. Values of a multivalue are separated by a comma; what a terminal would obey is made
 * visible. Cells are made once for their widths and again to be written, so that a long table is never held as text.
 */
function* tableLines(rows: readonly Row[], columns: readonly string[], timezone: string): Generator<string> {
  if (rows.length === 0) return yield 'no results\n';
  const cell = (row: Row, name: string): string => printable(cellText(name, read(row, name), timezone, ', '));
  const heads = columns.map(printable);
  const widths = heads.map(displayWidth);
  const isNumeric = columns.map((name) => name !== '_time');
  for (const row of rows)
    columns.forEach((name, index) => {
      widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell(row, name)));
      if (isNumeric[index]) {
        const value = read(row, name);
        isNumeric[index] = value === null || !Number.isNaN(toNumber(value));
      }
    });
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((text, index) => {
      const gap = ' '.repeat((widths[index] ?? 0) - displayWidth(text));
      return isNumeric[index] ? gap + text : text + gap;
    });
    return `${padded.join('  ').trimEnd()}\n`;
  };
  yield line(heads);
  yield `${widths.map((width) => '-'.repeat(Math.max(width, 1))).join('  ')}\n`;
  for (const row of rows) yield line(columns.map((name) => cell(row, name)));
}

/** Cells as a line of CSV. */
function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text));
  return `${quoted.join(',')}\n`;
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

/** What is written around and for every row of a result. */
export interface RowTexts {
  readonly start: string;
  /** Before the first row, and before every other. */
  readonly first: string;
  readonly between: string;
  row(row: Row): string;
  readonly end: string;
  /** In the place of the end, where there was no row. */
  readonly none: string;
}

/** How rows are written one by one; undefined for a format that has to see all rows first. */
export function rowTexts(
  format: RowFormat,
  columns: readonly string[] | undefined,
  timezone: string,
): RowTexts | undefined {
  const nothing = { start: '', first: '', between: '', end: '', none: '' };
  if (format === 'ndjson') return { ...nothing, row: (row) => `${formatJsonRow(row, columns)}\n` };
  if (format === 'json')
    return {
      start: '',
      first: '[\n  ',
      between: ',\n  ',
      row: (row) => formatJsonRow(row, columns),
      end: '\n]\n',
      none: '[]\n',
    };
  // Values of a multivalue are separated by line breaks, as Splunk exports them.
  if (format === 'csv' && columns !== undefined)
    return {
      ...nothing,
      start: csvLine(columns),
      row: (row) => csvLine(columns.map((name) => cellText(name, read(row, name), timezone, '\n'))),
    };
  return undefined;
}

/** All rows in one of the formats, piece by piece. */
export function* formatRows(
  rows: readonly Row[],
  format: RowFormat,
  known: KnownColumns,
  timezone: string,
): Generator<string> {
  const columns = format === 'csv' ? resultColumns(rows, known) : known.all;
  const texts = rowTexts(format, columns, timezone);
  if (texts === undefined) return yield* tableLines(rows, resultColumns(rows, known), timezone);
  yield texts.start;
  for (const [index, row] of rows.entries())
    yield (index === 0 ? texts.first : texts.between) + texts.row(row);
  yield rows.length === 0 ? texts.none : texts.end;
}
