// CSV tables as Splunk reads and writes them, with multivalues in __mv_ columns.
import { CsvReader, columnNames } from '../csv/csv-reader.js';
import { fromValues, textOf } from './multivalue.js';
import { createRow, type FieldValue, type Row, type Scalar } from './value.js';

/** A table of text. Every row has as many cells as the header. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Parses a CSV text whose first line is the header. Short rows are filled with empty cells, long ones cut; an unclosed quote reads to the end. */
export function parseCsv(text: string): CsvTable {
  const reader = new CsvReader(text);
  const header = columnNames(reader.next());
  const rows: string[][] = [];
  for (let record = reader.next(); record !== undefined; record = reader.next()) {
    if (record.length === 1 && record[0] === '' && header.length !== 1) continue;
    while (record.length < header.length) record.push('');
    record.length = header.length;
    rows.push(record);
  }
  return { header, rows };
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
