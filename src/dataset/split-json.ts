// Finds JSON objects in a stream: concatenated, pretty-printed, in arrays, and in wrappers around one array.
import { NEWLINE, RecordSpans, type Splitter } from './splitter.js';

/**
 * Members whose array holds the events, when nothing but plain values (and the members below) stands before it:
 * CloudTrail, Microsoft Graph, Azure, `aws … lookup-events`, Splunk's results endpoint, Google, Elastic.
 */
export const WRAPPER_KEYS: ReadonlySet<string> = new Set([
  'Records',
  'records',
  'value',
  'results',
  'Results',
  'Findings',
  'Events',
  'events',
  'logEvents',
  'logs',
  'items',
  'entries',
  'data',
  'alerts',
  'hits',
]);

// These may hold objects or arrays and still leave the object a mere wrapper.
const ENVELOPE_KEYS: ReadonlySet<string> = new Set([
  'messages',
  'schema',
  'Schema',
  'Stats',
  'fields',
  'columns',
  'meta',
  'metadata',
  '_shards',
  'total',
  'response_metadata',
  'hits',
  'links',
  'paging',
  'ResponseMetadata',
]);

// Each recovery may look at the whole rest of the file; a file of nothing but broken records has to end, too.
const RECOVERY_BYTES = 2 ** 27;

enum Byte {
  Newline = 10,
  Space = 32,
  Quote = 34,
  Comma = 44,
  Colon = 58,
  OpenArray = 91,
  Backslash = 92,
  CloseArray = 93,
  OpenObject = 123,
  CloseObject = 125,
}

const NO_OBJECT = 'an array where an object should be';

/** Of each byte what it does within a record: 1 opens a string, 2 an object or array, 3 closes one, 4 breaks the line. */
const KINDS = new Uint8Array(256);
KINDS[Byte.Quote] = 1;
KINDS[Byte.OpenObject] = KINDS[Byte.OpenArray] = 2;
KINDS[Byte.CloseObject] = KINDS[Byte.CloseArray] = 3;
KINDS[Byte.Newline] = 4;

/** What evtx_dump writes before each record: `Record 7`. */
const RECORD_TITLE = /^Record \d{1,20}\s*$/;

function isRecordTitle(data: Buffer, from: number, to: number): boolean {
  return to - from < 40 && RECORD_TITLE.test(data.toString('latin1', from, to));
}

/** Records are the objects at the top, in a top array, or in a wrapper's array; the text stays as written. */
export class JsonSplitter implements Splitter {
  private line = 1;
  // Where scanning goes on, relative to the next call's `from`.
  #cursor = 0;
  private depth = 0;
  // Records are values that open at this depth: 0 at the top, 1 in a top array, 2 (3) in a wrapper's array.
  #base = 0;
  #inString = false;
  // Beginning of the open record, relative like `cursor`; -1 outside.
  #record = -1;
  #recordLine = 1;
  // Of the object at the top: its last key, and whether it may still be a wrapper.
  #key = '';
  #text = '';
  #textStart = -1;
  #keyDepth = 1;
  #mayWrap = false;
  #recovered = 0;

  split(data: Buffer, from: number, to: number, atEnd: boolean, spans: RecordSpans): number {
    let at = from + this.#cursor;
    let record = this.#record < 0 ? -1 : from + this.#record;
    let depth = this.depth;
    let line = this.line;
    while (at < to) {
      if (record >= 0 && !this.#mayWrap && depth > this.#base) {
        // Inside of a record nothing matters but strings, brackets and line breaks.
        const end = this.#skim(data, at, to, depth, line);
        ({ depth, line } = this);
        if (depth > this.#base) {
          at = end;
          break;
        }
        const fault = data[end - 1] === Byte.CloseArray ? NO_OBJECT : undefined;
        spans.add(record, end, this.#recordLine, fault);
        record = -1;
        at = end;
        continue;
      }
      const byte = data[at]!;
      if (this.#inString) {
        if (byte === Byte.Backslash) at++;
        else if (byte === Byte.Quote) {
          this.#inString = false;
          if (this.#textStart >= 0) this.#endText(data, from, at);
        } else if (byte === Byte.Newline) line++;
        at++;
        continue;
      }
      if (byte <= Byte.Space || byte === Byte.Comma) {
        if (byte === Byte.Newline) line++;
        at++;
        continue;
      }
      if (depth === this.#base && record < 0) {
        if (byte === Byte.OpenObject || (byte === Byte.OpenArray && depth > 0)) {
          record = at;
          this.#recordLine = line;
          this.#mayWrap = depth === 0;
          this.#keyDepth = 1;
          this.#key = '';
          depth++;
        } else if (byte === Byte.OpenArray) {
          this.#base = ++depth;
        } else if (byte === Byte.CloseArray && depth > 0) {
          // After a wrapper's array come the wrapper's other members, which are no records.
          depth--;
          this.#base = depth > 0 ? -1 : 0;
        } else {
          const end = this.#junkEnd(data, at, to, depth > 0);
          if (end === to && !atEnd) break;
          if (depth > 0 || !isRecordTitle(data, at, end))
            spans.add(at, end, line, depth > 0 ? 'a value that is not an object' : 'text that is not JSON');
          at = end;
          continue;
        }
        at++;
        continue;
      }
      if (byte === Byte.Quote) {
        this.#inString = true;
        if (this.#mayWrap && depth === this.#keyDepth) this.#textStart = at - from + 1;
      } else if (byte === Byte.Colon) {
        if (depth === this.#keyDepth) this.#key = this.#text;
      } else if (byte === Byte.OpenObject || byte === Byte.OpenArray) {
        if (this.#mayWrap && depth === this.#keyDepth) {
          const wraps =
            byte === Byte.OpenArray &&
            WRAPPER_KEYS.has(this.#key) &&
            this.#firstIsObject(data, at + 1, to, atEnd);
          if (wraps === undefined) break;
          if (wraps) {
            record = -1;
            this.#mayWrap = false;
            this.#base = depth + 1;
          } else if (byte === Byte.OpenObject && this.#key === 'hits') this.#keyDepth = depth + 1;
          else if (!ENVELOPE_KEYS.has(this.#key)) this.#mayWrap = false;
        }
        depth++;
      } else if (byte === Byte.CloseObject || byte === Byte.CloseArray) {
        depth--;
        if (record >= 0 && depth === this.#base) {
          spans.add(record, at + 1, this.#recordLine, byte === Byte.CloseArray ? NO_OBJECT : undefined);
          record = -1;
        } else if (depth <= 0) {
          depth = 0;
          this.#base = 0;
          this.#mayWrap = false;
        }
      }
      at++;
    }
    this.depth = depth;
    this.line = line;
    if (atEnd) {
      if (record >= 0) return this.#recover(data, record, to, spans);
      if (depth > 0) spans.endFault = { line, reason: 'an array or object that ends before it is closed' };
      return this.#finish(to);
    }
    const consumed = record < 0 ? Math.min(at, to) : record;
    if (this.#textStart >= 0) this.#textStart -= consumed - from;
    this.#cursor = at - consumed;
    this.#record = record < 0 ? -1 : 0;
    return consumed;
  }

  /** Reads on to the end of the record, or of the block; `depth` and `line` are then those reached. */
  #skim(data: Buffer, from: number, to: number, startDepth: number, startLine: number): number {
    const base = this.#base;
    let [at, depth, line] = [from, startDepth, startLine];
    let inString = this.#inString;
    while (at < to) {
      if (inString) {
        let byte = data[at]!;
        while (byte !== Byte.Quote) {
          if (byte === Byte.Backslash) at++;
          else if (byte === Byte.Newline) line++;
          if (++at >= to) break;
          byte = data[at]!;
        }
        if (at >= to) break;
        inString = false;
        at++;
        continue;
      }
      const kind = KINDS[data[at++]!]!;
      if (kind === 0) continue;
      if (kind === 1) inString = true;
      else if (kind === 2) depth++;
      else if (kind === 4) line++;
      else if (--depth === base) break;
    }
    this.#inString = inString;
    this.depth = depth;
    this.line = line;
    return at;
  }

  #endText(data: Buffer, from: number, at: number): void {
    const start = from + this.#textStart;
    this.#textStart = -1;
    this.#text = data.toString('latin1', start, Math.min(at, start + 64));
  }

  #firstIsObject(data: Buffer, from: number, to: number, atEnd: boolean): boolean | undefined {
    let at = from;
    while (at < to && data[at]! <= Byte.Space) at++;
    if (at < to) return data[at] === Byte.OpenObject;
    return atEnd ? false : undefined;
  }

  #junkEnd(data: Buffer, from: number, to: number, inArray: boolean): number {
    if (data[from] === Byte.Quote) {
      for (let at = from + 1; at < to; at++) {
        if (data[at] === Byte.Backslash) at++;
        else if (data[at] === Byte.Quote) return at + 1;
      }
      return to;
    }
    for (let at = from; at < to; at++) {
      const byte = data[at]!;
      if (byte === NEWLINE) return at;
      if (inArray && (byte === Byte.Comma || (byte === Byte.CloseArray && at > from))) return at;
      if (!inArray && at > from && byte === Byte.OpenObject) return at;
    }
    return to;
  }

  // The file ended inside a record. When a later line begins with `{`, the record was broken before that line.
  #recover(data: Buffer, record: number, to: number, spans: RecordSpans): number {
    const next =
      this.#base === 0 && this.#recovered < RECOVERY_BYTES ? data.subarray(0, to).indexOf('\n{', record) : -1;
    if (next < 0) {
      spans.add(record, to, this.#recordLine, 'a record cut off before its end');
      return this.#finish(to);
    }
    this.#recovered += to - record;
    spans.add(record, next, this.#recordLine, 'an object that is never closed');
    let line = this.#recordLine;
    for (let at = record; at <= next; at++) if (data[at] === NEWLINE) line++;
    const recovered = this.#recovered;
    this.restart(line);
    this.#recovered = recovered;
    return this.split(data, next + 1, to, true, spans);
  }

  #finish(to: number): number {
    this.restart(this.line);
    return to;
  }

  restart(line: number): void {
    this.line = line;
    this.#cursor = 0;
    this.depth = 0;
    this.#base = 0;
    this.#inString = false;
    this.#record = -1;
    this.#textStart = -1;
    this.#mayWrap = false;
    this.#recovered = 0;
  }
}

/** Splits a line that holds several JSON objects, or one wrapper of several; null when it is one record. */
export function recordsOfLine(line: string): string[] | null {
  const bytes = Buffer.from(line);
  const spans = new RecordSpans();
  new JsonSplitter().split(bytes, 0, bytes.length, true, spans);
  if (spans.faults.size > 0 || spans.count === 0) return null;
  if (spans.count === 1 && spans.starts[0] === bytes.indexOf('{')) return null;
  return spans.starts.slice(0, spans.count).map((start, i) => bytes.toString('utf8', start, spans.ends[i]!));
}
