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
      const begin = at + 1;
      let end = record.indexOf('"', begin);
      let doubled = false;
      while (end >= 0 && record[end + 1] === '"') {
        doubled = true;
        end = record.indexOf('"', end + 2);
      }
      if (end < 0) end = record.length;
      const cell = record.slice(begin, end);
      const next = record.indexOf(delimiter, end + 1);
      const rest = record.slice(end + 1, next < 0 ? record.length : next);
      cells.push((doubled ? undoubled(cell) : cell) + rest);
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

/** A text with one quote for every two; a long one in place, since millions of matches would take gigabytes. */
function undoubled(cell: string): string {
  if (cell.length < 65_536) return cell.replaceAll('""', '"');
  const bytes = Buffer.from(cell);
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    bytes[end++] = bytes[at] as number;
    if (bytes[at] === QUOTE && bytes[at + 1] === QUOTE) at++;
  }
  return bytes.toString('utf8', 0, end);
}

/** How far the end of a record has been looked for; offsets count from its beginning. */
interface OpenRecord {
  next: number;
  inQuotes: boolean;
  /** The first line break inside quotes; -1 for none. */
  firstBreak: number;
  breaks: number;
}

const newRecord = (): OpenRecord => ({ next: 0, inQuotes: false, firstBreak: -1, breaks: 0 });

/** Records of CSV: lines, save that a quoted cell may hold line breaks. */
export class CsvSplitter implements Splitter {
  #line = 1;
  #open = newRecord();

  split(data: Buffer, from: number, to: number, atEnd: boolean, spans: RecordSpans): number {
    const bytes = data.subarray(0, to);
    let start = from;
    while (start < to) {
      const end = this.#recordEnd(bytes, start, to, atEnd);
      if (end.at < 0) return start;
      this.#open = newRecord();
      const last = end.at > start && bytes[end.at - 1] === RETURN ? end.at - 1 : end.at;
      if (last > start && !isBlank(bytes, start, last)) spans.add(start, last, this.#line, end.fault);
      this.#line += countLines(bytes, start, Math.min(end.at + 1, to));
      start = end.at + 1;
    }
    return to;
  }

  #recordEnd(bytes: Buffer, from: number, to: number, atEnd: boolean): { at: number; fault?: string } {
    const open = this.#open;
    let newline = bytes.indexOf(NEWLINE, from + open.next);
    let quote = bytes.indexOf(QUOTE, from + open.next);
    for (;;) {
      if (quote >= 0 && (newline < 0 || quote < newline)) {
        open.inQuotes = !open.inQuotes;
        quote = bytes.indexOf(QUOTE, quote + 1);
        continue;
      }
      if (newline >= 0 && !open.inQuotes) return { at: newline };
      if (newline < 0 || ++open.breaks > MAX_CELL_LINES) break;
      if (open.firstBreak < 0) open.firstBreak = newline - from;
      newline = bytes.indexOf(NEWLINE, newline + 1);
    }
    if (newline < 0 && !atEnd) {
      open.next = to - from;
      return { at: -1 };
    }
    if (!open.inQuotes) return { at: to };
    const end = open.firstBreak < 0 ? to : from + open.firstBreak;
    return { at: end, fault: 'a quoted cell that is never closed' };
  }

  restart(line: number): void {
    this.#line = line;
    this.#open = newRecord();
  }
}

const cellName = /^[\p{L}_@#%$*][\p{L}\p{N}\p{M} _.:@#%$()/{}\\[\]*&'+?-]{0,127}$/u;

/** Guesses the delimiter of a text whose first record is a header; null when it does not look like one. */
export function csvDelimiter(records: readonly string[]): string | null {
  const header = records[0];
  if (header === undefined) return null;
  for (const delimiter of [',', '\t', ';', '|']) {
    const names = csvCells(header, delimiter).map((name) => name.trim());
    // A table's index has no name, and a join's columns may have the same one.
    const named = new Set(names.filter((name) => name !== ''));
    if (names.length < 2 || named.size < 2) continue;
    if (![...named].every((name) => cellName.test(name))) continue;
    const rest = records.slice(1);
    const fitting = rest.filter((record) => csvCells(record, delimiter).length === names.length).length;
    if (rest.length > 0 && fitting >= rest.length * 0.8) return delimiter;
    if (rest.length === 0 && names.length >= 3 && named.size === names.length) return delimiter;
  }
  return null;
}

/** The columns that a header names; the portal of Azure writes the zone beside the name (`TimeGenerated [UTC]`). */
export function csvColumns(header: readonly string[]): string[] {
  return header.map((name) => name.trim().replace(/ \[UTC\]$/, ''));
}
