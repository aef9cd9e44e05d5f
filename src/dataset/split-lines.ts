// Breaks bytes into lines, and lines into events of several lines.
import type { SettingRegex } from './setting-regex.js';
import { isBlank, NEWLINE, RETURN, RecordSpans, type Splitter } from './splitter.js';

/**
 * One record per line; `\n`, `\r\n` and a lone `\r` end a line, blank lines are no records.
 *
 * @see Admin Manual, props.conf, LINE_BREAKER: default ([\r\n]+)
 */
export class LineSplitter implements Splitter {
  #line = 1;
  // Bytes after `from` that are known to hold no line end: a line of 100 MB is looked through once.
  #scanned = 0;
  #afterReturn = false;

  split(data: Buffer, from: number, to: number, atEnd: boolean, spans: RecordSpans): number {
    const bytes = data.subarray(0, to);
    let start = from;
    let next = from + this.#scanned;
    let newline = -2;
    let carriage = -2;
    while (next < to) {
      if (this.#afterReturn) {
        this.#afterReturn = false;
        if (bytes[start] === NEWLINE) start = next = start + 1;
      }
      if (newline !== -1 && newline < next) newline = bytes.indexOf(NEWLINE, next);
      if (carriage !== -1 && carriage < next) carriage = bytes.indexOf(RETURN, next);
      let end: number;
      if (carriage >= 0 && (newline < 0 || carriage < newline)) {
        end = carriage;
        this.#afterReturn = true;
      } else if (newline >= 0) end = newline;
      else break;
      if (end > start && !(bytes[start]! <= 32 && isBlank(bytes, start, end)))
        spans.add(start, end, this.#line);
      this.#line++;
      start = next = end + 1;
    }
    if (!atEnd) {
      this.#scanned = to - start;
      return start;
    }
    if (start < to && !isBlank(bytes, start, to)) spans.add(start, to, this.#line);
    this.#scanned = 0;
    return to;
  }

  restart(line: number): void {
    this.#line = line;
    this.#scanned = 0;
    this.#afterReturn = false;
  }
}

/** How lines are put together to events; a line is given by its first 512 bytes, as latin1. */
export interface MergeRule {
  /** True when this line begins an event. */
  begins(line: string): boolean;
  /** True when the event ends with this line. */
  endsAfter?(line: string): boolean;
  /** True when the next line belongs to this one's event, whatever it begins. */
  goesOnAfter?(line: string): boolean;
  /** Lines an event may have; the next one begins an event in any case. */
  readonly maxLines: number;
  /** Told of an event whose first line does not begin one. */
  readonly fault?: string;
}

/** Events of several lines: an event lasts until the next line that begins one. */
export class MergeSplitter implements Splitter {
  readonly #rule: MergeRule;
  readonly #lines: Splitter;
  readonly #spans = new RecordSpans();

  /** @param lines  what breaks the bytes into lines */
  constructor(rule: MergeRule, lines: Splitter = new LineSplitter()) {
    this.#rule = rule;
    this.#lines = lines;
  }

  split(data: Buffer, from: number, to: number, atEnd: boolean, spans: RecordSpans): number {
    const lines = this.#spans;
    lines.clear();
    const consumed = this.#lines.split(data, from, to, atEnd, lines);
    let start = -1;
    let end = -1;
    let line = 0;
    let held = 0;
    let goesOn = false;
    let fault: string | undefined;
    const close = () => {
      if (start >= 0) spans.add(start, end, line, fault);
      start = -1;
    };
    for (let i = 0; i < lines.count; i++) {
      const text = data.toString(
        'latin1',
        lines.starts[i]!,
        Math.min(lines.ends[i]!, lines.starts[i]! + 512),
      );
      const begins = this.#rule.begins(text);
      if ((begins && !goesOn) || held >= this.#rule.maxLines) close();
      goesOn = this.#rule.goesOnAfter?.(text) ?? false;
      if (start < 0) {
        start = lines.starts[i]!;
        line = lines.lines[i]!;
        held = 0;
        fault = begins ? undefined : this.#rule.fault;
      }
      end = lines.ends[i]!;
      held++;
      if (this.#rule.endsAfter?.(text)) close();
    }
    if (atEnd) {
      close();
      return to;
    }
    if (start < 0) return consumed;
    // The open event is read again with the next block, whose lines may belong to it.
    this.#lines.restart(line);
    return start;
  }

  restart(line: number): void {
    this.#lines.restart(line);
  }
}

/**
 * Records that a LINE_BREAKER of props.conf separates: the text of its first group is dropped, what the regex
 * matches before the group ends the event, what it matches after begins the next.
 */
export class BreakerSplitter implements Splitter {
  readonly #breaker: SettingRegex;
  #line = 1;

  /** @param breaker  with at least one group */
  constructor(breaker: SettingRegex) {
    this.#breaker = breaker;
  }

  split(data: Buffer, from: number, to: number, atEnd: boolean, spans: RecordSpans): number {
    const text = data.toString('latin1', from, to);
    let start = 0;
    const add = (end: number) => {
      let first = start;
      while (first < end && text.charCodeAt(first) <= 32) first++;
      let last = end;
      while (last > first && (text.charCodeAt(last - 1) === NEWLINE || text.charCodeAt(last - 1) === RETURN))
        last--;
      this.#advance(text, start, first);
      if (last > first) spans.add(from + first, from + last, this.#line);
      this.#advance(text, first, end);
    };
    for (let next = 0; next <= text.length; ) {
      const match = this.#breaker.firstGroup(text, next);
      if (match === null) break;
      const { groupStart, groupEnd } = match;
      next = Math.max(match.start + 1, groupEnd);
      if (groupEnd === 0 || groupStart < start) continue;
      // A group at the very end may go on in the next block.
      if (!atEnd && groupEnd >= text.length) break;
      add(groupStart);
      this.#advance(text, groupStart, groupEnd);
      // What the regex matched after the group begins the next event and may hold the next break.
      start = groupEnd;
    }
    if (!atEnd) return from + start;
    add(text.length);
    return to;
  }

  #advance(text: string, from: number, to: number): void {
    for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) this.#line++;
  }

  restart(line: number): void {
    this.#line = line;
  }
}
