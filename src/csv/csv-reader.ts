// Reads CSV text record by record, as Splunk does: quoted cells, doubled quotes, cells over several lines, any line end.

/** The records of a text, one after the other. A byte order mark in front belongs to no cell. */
export class CsvReader {
  readonly text: string;
  /** Where the next record begins. */
  at: number;
  /** Where the cells of the last record begin, if places are kept. */
  starts: number[] = [];
  /** Where the quote of the last cell stands, if nothing closes it: then that cell reads to the end. */
  open: number | undefined;
  readonly #keepsPlaces: boolean;

  constructor(text: string, { places = false } = {}) {
    this.text = text;
    this.at = text.startsWith('\ufeff') ? 1 : 0;
    this.#keepsPlaces = places;
  }

  /** The cells of the next record, an empty one for an empty line; undefined at the end of the text. */
  next(): string[] | undefined {
    const { text } = this;
    const { length } = text;
    if (this.at >= length) return undefined;
    if (this.#keepsPlaces) this.starts = [];
    const record: string[] = [];
    let { at } = this;
    for (;;) {
      if (this.#keepsPlaces) this.starts.push(at);
      let cell: string;
      let end = at;
      if (text.charCodeAt(at) === 34) {
        cell = '';
        end++;
        for (;;) {
          const quote = text.indexOf('"', end);
          if (quote < 0) {
            this.open = at;
            cell += text.slice(end);
            end = length;
            break;
          }
          cell += text.slice(end, quote);
          end = quote + 1;
          if (text.charCodeAt(end) !== 34) break;
          cell += '"';
          end++;
        }
        // Text behind a closing quote belongs to the cell.
        const rest = cellEnd(text, end);
        if (rest > end) cell += text.slice(end, rest);
        end = rest;
      } else {
        end = cellEnd(text, at);
        cell = text.slice(at, end);
      }
      record.push(cell);
      at = end + 1;
      if (text.charCodeAt(end) !== 44) {
        if (text.charCodeAt(end) === 13 && text.charCodeAt(at) === 10) at++;
        break;
      }
    }
    this.at = Math.min(at, length);
    return record;
  }
}

function cellEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 44 || unit === 10 || unit === 13) break;
  }
  return at;
}

/** The names of columns that a header record gives, one per cell; '' for a column without one. */
export const columnNames = (header: readonly string[] = []): string[] => header.map((name) => name.trim());

/**
 * The columns that have a name, read without the rows; undefined for a table without rows, which something has yet to
 * fill, and for a header that does not end in the text.
 */
export function namedColumns(text: string): readonly string[] | undefined {
  const reader = new CsvReader(text);
  const header = reader.next();
  const isWhole = reader.open === undefined && reader.at < text.length;
  if (header === undefined || !isWhole || text.slice(reader.at, reader.at + 1000).trim() === '')
    return undefined;
  return columnNames(header).filter((name) => name !== '');
}
