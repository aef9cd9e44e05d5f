// Turns offsets of one text into lines and columns.
import type { Place, Span } from './diagnostic.js';

/**
 * The line starts of a text. Lines end at `\n`, `\r\n` or a lone `\r`, as editors and YAML count them; columns count
 * UTF-16 code units from 1. Building it reads the text once; every answer is a binary search.
 */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly text: string;

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    if (!text.includes('\r')) {
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    } else {
      for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at);
        if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
      }
    }
    this.#starts = starts;
  }

  /** Number of lines; a text that ends in a line break has an empty last line. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** Line and column (both from 1) of an offset; offsets outside the text are moved to its nearer end. */
  position(offset: number): { readonly line: number; readonly column: number } {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.#starts[low] ?? 0) + 1 };
  }

  /** Offset of a line and column (both from 1); a column behind the line's end gives the line's end. */
  offset(line: number, column: number): number {
    const start = this.#starts[Math.max(1, line) - 1];
    if (start === undefined) return this.text.length;
    return Math.min(start + Math.max(1, column) - 1, start + this.line(line).length);
  }

  /** Text of a line (from 1) without its line break; '' for a line that is not there. */
  line(line: number): string {
    const start = this.#starts[line - 1];
    if (start === undefined) return '';
    const next = this.#starts[line];
    let end = next ?? this.text.length;
    if (next !== undefined) {
      end--;
      if (this.text.charCodeAt(end) === 10 && end > start && this.text.charCodeAt(end - 1) === 13) end--;
    }
    return this.text.slice(start, end);
  }

  /** Place of a span in the named file. */
  place(file: string, span: Span): Place {
    const start = this.position(span.start);
    const end = this.position(Math.max(span.start, span.end));
    return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }
}
