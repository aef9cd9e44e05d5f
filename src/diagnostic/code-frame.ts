// Prints the source line a diagnostic points at, with carets under the fault.
import type { Place } from './diagnostic.js';
import { displayWidth, printable } from './printable.js';

const before = 31; // characters kept left of the caret in a window
const shown = 94; // characters of a window
const longLine = 100;

/**
 * Returns the two lines of a code frame, without a line break at the end.
 *
 * @param line   the whole source line, as it stands in the file
 * @param place  line and columns; a fault over several lines is marked to the end of its first line
 */
export function codeFrame(line: string, place: Omit<Place, 'file'>): string {
  const start = Math.min(place.column - 1, line.length);
  const end = place.endLine === place.line ? Math.min(place.endColumn - 1, line.length) : line.length;
  let from = 0;
  let to = line.length;
  if (line.length > longLine) {
    from = Math.max(0, start - before);
    to = Math.min(line.length, from + shown);
    from = Math.max(0, Math.min(from, to - shown));
    if (isLowSurrogate(line, from)) from--;
    if (isLowSurrogate(line, to)) to++;
  }
  const lead = (from > 0 ? '…' : '') + printable(line.slice(from, start));
  const marked = printable(line.slice(start, Math.max(start, Math.min(end, to))));
  const rest = printable(line.slice(start + marked.length, to)) + (to < line.length ? '…' : '');
  const gutter = `  ${place.line} | `;
  const carets = '^'.repeat(Math.max(1, displayWidth(marked)));
  return `${gutter}${lead}${marked}${rest}\n${' '.repeat(gutter.length + displayWidth(lead))}${carets}`;
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return at > 0 && unit >= 0xdc00 && unit <= 0xdfff;
}
