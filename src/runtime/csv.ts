// CSV as Splunk reads and writes it: quoted cells, doubled quotes, cells over several lines, multivalues in __mv_ columns.
import { fromValues, textOf } from './multivalue.js';
import { createRow, type FieldValue, type Row, type Scalar } from './value.js';

/** A table of text. Every row has as many cells as the header. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Parses a CSV text whose first line is the header. Short rows are filled with empty cells, long ones cut; an unclosed quote reads to the end. */
export function parseCsv(text: string): CsvTable {
  const records = readRecords(withoutMark(text));
  const header = namesOf(records.shift());
  const rows: string[][] = [];
  for (const record of records) {
    if (record.length === 1 && record[0] === '' && header.length !== 1) continue;
    while (record.length < header.length) record.push('');
    record.length = header.length;
    rows.push(record);
  }
  return { header, rows };
}

/** The names of a table's columns, read without its rows; none for an empty text. */
export function csvHeader(text: string): readonly string[] {
  return namesOf(readRecords(withoutMark(text), 1)[0]).filter((name) => name !== '');
}

const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);
const namesOf = (record: readonly string[] = []): string[] => record.map((name) => name.trim());

function readRecords(text: string, limit = Number.POSITIVE_INFINITY): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const length = text.length;
  let at = 0;
  while (at < length && records.length < limit) {
    let cell: string;
    if (text.charCodeAt(at) === 34) {
      cell = '';
      at++;
      for (;;) {
        const quote = text.indexOf('"', at);
        if (quote < 0) {
          cell += text.slice(at);
          at = length;
          break;
        }
        cell += text.slice(at, quote);
        at = quote + 1;
        if (text.charCodeAt(at) !== 34) break;
        cell += '"';
        at++;
      }
      // text after a closing quote belongs to the cell
      const end = cellEnd(text, at);
      if (end > at) cell += text.slice(at, end);
      at = end;
    } else {
      const end = cellEnd(text, at);
      cell = text.slice(at, end);
      at = end;
    }
    record.push(cell);
    const c = text.charCodeAt(at);
    if (c === 44) {
      at++;
      if (at === length) record.push('');
      continue;
    }
    if (c === 13 && text.charCodeAt(at + 1) === 10) at++;
    at++;
    records.push(record);
    record = [];
  }
  if (record.length > 0) records.push(record);
  return records;
}

function cellEnd(text: string, from: number): number {
  let i = from;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 44 || c === 10 || c === 13) break;
  }
  return i;
}

/** The rows of a table as results: empty cells are no fields, and a `__mv_` column gives its field's values. */
export function tableRows(table: CsvTable): Row[] {
  const multi = new Map<number, number>();
  table.header.forEach((name, i) => {
    if (!name.startsWith('__mv_')) return;
    const field = table.header.indexOf(name.slice(5));
    if (field >= 0) multi.set(field, i);
  });
  const hidden = new Set(multi.values());
  return table.rows.map((cells) => {
    const row = createRow();
    table.header.forEach((name, i) => {
      if (hidden.has(i) || name === '') return;
      const encoded = multi.get(i);
      const values = encoded === undefined ? null : decodeMultivalue(cells[encoded] as string);
      const value = values ?? (cells[i] as string);
      if (value !== '') row[name] = value;
    });
    return row;
  });
}

/** Reads `$a$;$b$`, in which `$$` stands for a dollar sign; null when the cell is empty or something else. */
export function decodeMultivalue(cell: string): FieldValue {
  if (!/^\$(?:[^$]|\$\$)*\$(?:;\$(?:[^$]|\$\$)*\$)*$/.test(cell)) return null;
  const values: Scalar[] = [];
  for (const match of cell.matchAll(/(?:^|;)\$((?:[^$]|\$\$)*)\$/g))
    values.push((match[1] as string).replaceAll('$$', '$'));
  return fromValues(values);
}

function writeCell(text: string): string {
  return /[",\r\n]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes rows with the given columns; the values of a multivalue stand on lines of their own within the cell. */
export function writeCsv(header: readonly string[], rows: Iterable<Row>): string {
  const lines = [header.map(writeCell).join(',')];
  for (const row of rows) {
    lines.push(
      header.map((name) => writeCell(Object.hasOwn(row, name) ? (textOf(row[name]) ?? '') : '')).join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
