// Finds Windows events in XML: one a line, several on one line, over many lines, inside <Events> or not.
import { countLines, NEWLINE, type RecordSpans, type Splitter } from './splitter.js';

const OPEN = '<Event';
const CLOSE = '</Event>';

const isNameEnd = (byte: number | undefined) =>
  byte === 62 || byte === 47 || (byte !== undefined && byte <= 32);

/** Records are `<Event …>` … `</Event>`, with what stands before them on the same line (a syslog header). */
export class XmlSplitter implements Splitter {
  #line = 1;
  #scanned = 0;
  /** `<Events>` elements that are open. */
  #wrappers = 0;

  split(data: Buffer, from: number, to: number, atEnd: boolean, spans: RecordSpans): number {
    const bytes = data.subarray(0, to);
    let start = from;
    let search = from + this.#scanned;
    for (;;) {
      const close = bytes.indexOf(CLOSE, search, 'latin1');
      if (close < 0) break;
      const end = close + CLOSE.length;
      this.#addRecord(bytes, start, end, spans);
      this.#line += countLines(bytes, start, end);
      start = search = end;
    }
    if (!atEnd) {
      // The closing tag may be cut in two by the block's end.
      this.#scanned = Math.max(0, to - start - CLOSE.length);
      return start;
    }
    this.#scanned = 0;
    this.#addRest(bytes, start, to, spans);
    if (this.#wrappers > 0)
      spans.endFault = {
        line: this.#line + countLines(bytes, start, to),
        reason: 'the file ends before its </Events>',
      };
    this.#wrappers = 0;
    return to;
  }

  #addRecord(bytes: Buffer, from: number, end: number, spans: RecordSpans): void {
    const open = this.#openTag(bytes, from, end);
    this.#countWrappers(bytes, from, open < 0 ? end : open);
    if (open < 0) {
      this.#addText(bytes, from, end, spans, 'a closing </Event> without its <Event>');
      return;
    }
    // A second opening tag before the closing one means that the first event was cut off.
    const again = this.#openTag(bytes, open + OPEN.length, end);
    if (again >= 0 && this.#isCut(bytes, open, again)) {
      this.#addText(bytes, from, again, spans, 'an event without its closing </Event>');
      spans.add(again, end, this.#line + countLines(bytes, from, again));
      return;
    }
    // Looked for between the two only: without line breaks it would go back to the window's beginning every time.
    const lineStart = from + bytes.subarray(from, open).lastIndexOf(NEWLINE) + 1;
    if (lineStart > from) this.#addText(bytes, from, lineStart, spans, 'text that is not an event');
    const first = this.#isMarkup(bytes, lineStart, open) ? open : lineStart;
    spans.add(first, end, this.#line + countLines(bytes, from, first));
  }

  #countWrappers(bytes: Buffer, from: number, to: number): void {
    // Most often one line break.
    if (to - from < '<Events>'.length) return;
    for (const [, close, self] of bytes.toString('latin1', from, to).matchAll(WRAPPER)) {
      if (self === undefined) this.#wrappers = Math.max(0, this.#wrappers + (close === undefined ? 1 : -1));
    }
  }

  // Between two events there may be the XML declaration, <Events> tags and white space, and nothing else.
  #addText(bytes: Buffer, from: number, to: number, spans: RecordSpans, fault: string): void {
    if (this.#isMarkup(bytes, from, to)) return;
    const text = bytes.subarray(from, to);
    let start = from;
    while (bytes[start]! <= 32) start++;
    let end = to;
    while (bytes[end - 1]! <= 32) end--;
    if (text.length > 0 && end > start)
      spans.add(start, end, this.#line + countLines(bytes, from, start), fault);
  }

  #isMarkup(bytes: Buffer, from: number, to: number): boolean {
    if (from >= to) return true;
    return isMarkup(bytes.toString('latin1', from, to));
  }

  #openTag(bytes: Buffer, from: number, to: number): number {
    for (let at = bytes.indexOf(OPEN, from, 'latin1'); at >= 0 && at < to; ) {
      if (isNameEnd(bytes[at + OPEN.length])) return at;
      at = bytes.indexOf(OPEN, at + OPEN.length, 'latin1');
    }
    return -1;
  }

  // Only an <Event> with a <System> of its own is an event; UserData may hold an element of that name.
  #isCut(bytes: Buffer, open: number, again: number): boolean {
    const head = bytes.toString('latin1', again, again + 300);
    return (
      /^<Event[^>]*>\s*<System>/.test(head) && bytes.toString('latin1', open, open + 300).includes('<System>')
    );
  }

  #addRest(bytes: Buffer, from: number, to: number, spans: RecordSpans): void {
    const open = this.#openTag(bytes, from, to);
    this.#countWrappers(bytes, from, open < 0 ? to : open);
    const fault = open < 0 ? 'text that is not an event' : 'an event cut off before its closing </Event>';
    this.#addText(bytes, from, to, spans, fault);
  }

  restart(line: number): void {
    this.#line = line;
    this.#scanned = 0;
  }
}

const WRAPPER = /<(\/)?Events(?=[\s/>])[^<>]*?(\/)?>/g;

const markup = /\s+|\xef\xbb\xbf|<\?[^>]*\?>|<!DOCTYPE[^>]*>|<\/?Events(?=[\s>/])[^>]*>/y;

// White space, declarations, comments and <Events> tags only. One way through, as many comments as there may be.
function isMarkup(text: string): boolean {
  for (let at = 0; at < text.length; ) {
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      if (end < 0) return false;
      at = end + 3;
      continue;
    }
    markup.lastIndex = at;
    if (!markup.test(text)) return false;
    at = markup.lastIndex;
  }
  return true;
}
