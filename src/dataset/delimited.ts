// Cells of delimited text: CSV with quotes, and finding its records and its delimiter.
import { countLines, isBlank, NEWLINE, RETURN, type RecordSpans, type Splitter } from './splitter.js';

/** Lines a quoted cell may span; beyond that the opening quote is taken for a stray one. */
const MAX_CELL_LINES = 1000;

/** Splits one CSV record into its cells; a doubled quote in a quoted cell is one quote. */
export function csvCells(record: string, delimiter: string): string[] {
  if (!record.includes('"')) return record.split(delimiter);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (record[at] === '"') {
      let cell = '';
      at++;
      for (;;) {
        const quote = record.indexOf('"', at);
        if (quote < 0) {
          cell += record.slice(at);
          at = record.length;
          break;
        }
        cell += record.slice(at, quote);
        at = quote + 1;
        if (record[at] !== '"') break;
        cell += '"';
        at++;
      }
      const next = record.indexOf(delimiter, at);
      cells.push(cell + record.slice(at, next < 0 ? record.length : next));
      at = next;
    } else {
      const next = record.indexOf(delimiter, at);
      cells.push(record.slice(at, next < 0 ? record.length : next));
      at = next;
    }
    if (at < 0) return cells;
    at += delimiter.length;
  }
}

const QUOTE = 34;

/** Records of CSV: lines, save that a quoted cell may hold line breaks. */
export class CsvSplitter implements Splitter {
  #line = 1;

  split(data: Buffer, from: number, to: number, atEnd: boolean, spans: RecordSpans): number {
    const bytes = data.subarray(0, to);
    let start = from;
    while (start < to) {
      const end = this.#recordEnd(bytes, start, to, atEnd);
      if (end.at < 0) return start;
      const last = end.at > start && bytes[end.at - 1] === RETURN ? end.at - 1 : end.at;
      if (last > start && !isBlank(bytes, start, last)) spans.add(start, last, this.#line, end.fault);
      this.#line += countLines(bytes, start, Math.min(end.at + 1, to));
      start = end.at + 1;
    }
    return to;
  }

  #recordEnd(bytes: Buffer, from: number, to: number, atEnd: boolean): { at: number; fault?: string } {
    let inQuotes = false;
    let first = -1;
    let lines = 0;
    let newline = bytes.indexOf(NEWLINE, from);
    let quote = bytes.indexOf(QUOTE, from);
    for (;;) {
      if (quote >= 0 && (newline < 0 || quote < newline)) {
        inQuotes = !inQuotes;
        quote = bytes.indexOf(QUOTE, quote + 1);
        continue;
      }
      if (newline >= 0 && !inQuotes) return { at: newline };
      if (newline < 0 || ++lines > MAX_CELL_LINES) break;
      if (first < 0) first = newline;
      newline = bytes.indexOf(NEWLINE, newline + 1);
    }
    if (!inQuotes) return { at: atEnd ? to : -1 };
    if (newline < 0 && !atEnd) return { at: -1 };
    return { at: first < 0 ? to : first, fault: 'a quoted cell that is never closed' };
  }

  restart(line: number): void {
    this.#line = line;
  }
}

const cellName = /^[\p{L}_@#%$*][\p{L}\p{N}\p{M} _.:@#%$()/{}\\[\]*&'+?-]{0,127}$/u;

/** Guesses the delimiter of a text whose first record is a header; null when it does not look like one. */
export function csvDelimiter(records: readonly string[]): string | null {
  const header = records[0];
  if (header === undefined) return null;
  for (const delimiter of [',', '\t', ';', '|']) {
    const names = csvCells(header, delimiter).map((name) => name.trim());
    if (names.length < 2 || new Set(names).size < names.length) continue;
    if (!names.every((name) => cellName.test(name))) continue;
    const rest = records.slice(1);
    const fitting = rest.filter((record) => csvCells(record, delimiter).length === names.length).length;
    if (rest.length === 0 ? names.length >= 3 : fitting >= rest.length * 0.8) return delimiter;
  }
  return null;
}
