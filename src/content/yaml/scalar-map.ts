// Decodes a scalar and remembers for every unit of the result where in the file it was written.
import type { ScalarEvent } from 'js-yaml';
import { CHOMPING_MODE, SCALAR_STYLE } from './js-yaml.js';

/** A decoded scalar; `offsets[i]` is where unit i of `value` is written, and the last entry where the scalar ends. */
export interface MappedScalar {
  readonly value: string;
  readonly offsets: Int32Array;
}

/** Collects decoded text with its source offsets. */
class Writer {
  #parts: string[] = [];
  #offsets: number[] = [];
  slice(text: string, start: number, end: number): void {
    if (end <= start) return;
    this.#parts.push(text.slice(start, end));
    for (let at = start; at < end; at++) this.#offsets.push(at);
  }
  /** Text that one stretch of the source stands for. */
  put(text: string, at: number): void {
    this.#parts.push(text);
    for (let unit = 0; unit < text.length; unit++) this.#offsets.push(at);
  }
  finish(end: number): MappedScalar {
    this.#offsets.push(Math.max(end, this.#offsets.at(-1) ?? 0));
    return { value: this.#parts.join(''), offsets: Int32Array.from(this.#offsets) };
  }
}

/**
 * Decodes the scalar of an event as js-yaml's `getScalarValue` does, with a source offset for every unit.
 *
 * A folded line break and each kept line break map to the break in the source, an escape to its backslash.
 */
export function mapScalar(text: string, event: ScalarEvent): MappedScalar {
  const writer = new Writer();
  if (event.valueStart < 0) return writer.finish(0);
  switch (event.style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
    case SCALAR_STYLE.PLAIN:
      mapFlow(text, event, writer);
      return writer.finish(event.valueEnd);
    default:
      return mapBlock(text, event, writer);
  }
}

function mapFlow(text: string, event: ScalarEvent, writer: Writer): void {
  const end = event.valueEnd;
  const single = event.style === SCALAR_STYLE.SINGLE_QUOTED;
  const double = event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  let at = event.valueStart;
  let from = at; // start of text not yet written
  let solid = at; // end of that text without trailing blanks
  while (at < end) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) {
      writer.slice(text, from, solid);
      const breaks: number[] = [];
      const next = skipBreaks(text, at, end, breaks);
      if (breaks.length === 1) writer.put(' ', solid);
      else for (const place of breaks.slice(1)) writer.put('\n', place);
      at = from = solid = next;
    } else if (single && unit === 39) {
      writer.slice(text, from, at);
      writer.put("'", at);
      at += 2;
      from = solid = at;
    } else if (double && unit === 92) {
      writer.slice(text, from, at);
      at = mapEscape(text, at, end, writer);
      from = solid = at;
    } else {
      at++;
      if (unit !== 32 && unit !== 9) solid = at;
    }
  }
  writer.slice(text, from, single || double ? end : solid);
}

function skipBreaks(text: string, start: number, end: number, breaks: number[]): number {
  let at = start;
  while (at < end) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) {
      breaks.push(at);
      at += unit === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1;
    } else if (unit === 32 || unit === 9) at++;
    else break;
  }
  return at;
}

const simpleEscapes = new Map([
  ['0', '\0'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const hexLengths = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function mapEscape(text: string, backslash: number, end: number, writer: Writer): number {
  const letter = text[backslash + 1] ?? '';
  if (letter === '\n' || letter === '\r') return skipBreaks(text, backslash + 1, end, []);
  const simple = simpleEscapes.get(letter);
  if (simple !== undefined) {
    writer.put(simple, backslash);
    return backslash + 2;
  }
  const length = hexLengths.get(letter) ?? 0;
  const code = Number.parseInt(text.slice(backslash + 2, backslash + 2 + length), 16);
  writer.put(code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd', backslash);
  return backslash + 2 + length;
}

function mapBlock(text: string, event: ScalarEvent, writer: Writer): MappedScalar {
  const folded = event.style === SCALAR_STYLE.FOLDED_BLOCK;
  const indent = Math.max(0, event.indent);
  let begun = false;
  let moreIndented = false;
  let empty: number[] = []; // breaks of the empty lines since the last content
  let lastBreak = event.valueStart; // break after the last content
  let contentEnd = event.valueStart;
  for (let at = event.valueStart; at < event.valueEnd; ) {
    const lineEnd = endOfLine(text, at, event.valueEnd);
    let column = 0;
    while (column < indent && text.charCodeAt(at + column) === 32 && at + column < lineEnd) column++;
    if (event.indent < 0 || at + column >= lineEnd) {
      empty.push(lineEnd);
    } else {
      const start = at + indent;
      const first = text.charCodeAt(start);
      const more = first === 32 || first === 9;
      if (!folded || more || moreIndented) {
        if (begun) writer.put('\n', lastBreak);
        for (const place of empty) writer.put('\n', place);
      } else if (empty.length > 0) {
        for (const place of empty) writer.put('\n', place);
      } else if (begun) writer.put(' ', lastBreak);
      moreIndented = more;
      writer.slice(text, start, lineEnd);
      begun = true;
      empty = [];
      lastBreak = contentEnd = lineEnd;
    }
    at = nextLine(text, lineEnd, event.valueEnd);
  }
  if (event.chomping === CHOMPING_MODE.KEEP) {
    if (begun) writer.put('\n', lastBreak);
    for (const place of empty) writer.put('\n', place);
  } else if (event.chomping === CHOMPING_MODE.CLIP && begun) writer.put('\n', lastBreak);
  return writer.finish(contentEnd);
}

function endOfLine(text: string, start: number, limit: number): number {
  let at = start;
  while (at < limit && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
  return at;
}

function nextLine(text: string, lineEnd: number, limit: number): number {
  if (lineEnd >= limit) return limit;
  return lineEnd + (text.charCodeAt(lineEnd) === 13 && text.charCodeAt(lineEnd + 1) === 10 ? 2 : 1);
}
