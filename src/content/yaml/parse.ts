// YAML text → value and faults; also the texts that Splunk's tools read although the YAML standard forbids them.
import type { Event } from 'js-yaml';
import { compose, type YamlFault } from './compose.js';
import { EVENT_ID, parseEvents, SCALAR_STYLE, YAMLException } from './js-yaml.js';

/** A place where blanks were put in so that a strict parser reads the text: before `offset` of the original. */
export interface Padding {
  readonly offset: number;
  readonly length: number;
}

export interface ParsedYaml {
  /** Undefined when the text is no YAML. */
  readonly value: unknown;
  /** Whether parts of the value are missing because of a fault. */
  readonly damaged: boolean;
  readonly faults: readonly YamlFault[];
  readonly wholeFloats: readonly (readonly (string | number)[])[];
  /** Ascending; places that js-yaml and `faults` speak of count these blanks too. */
  readonly paddings: readonly Padding[];
  /** The text with the paddings. */
  readonly padded: string;
}

const maxPaddings = 2000;

/** Parses one document. Never throws; a text that is no YAML has `value: undefined` and an error among its faults. */
export function parseYaml(text: string): ParsedYaml {
  const read = readEvents(text);
  if (read.events === undefined) {
    return {
      value: undefined,
      damaged: true,
      faults: [read.fault],
      wholeFloats: [],
      paddings: [],
      padded: text,
    };
  }
  const composed = compose(read.padded, read.events);
  const faults = [...read.faults, ...composed.faults, ...controlInComment(read.padded)];
  const { value, damaged, wholeFloats } = composed;
  return { value, damaged, faults, wholeFloats, paddings: read.paddings, padded: read.padded };
}

// YAML 1.1, 5.1 "Character set": what may stand in a stream; js-yaml does not look at comments.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/;

/** The first control character of a text whose values have none. */
function controlInComment(text: string): YamlFault[] {
  const at = text.search(control);
  if (at < 0) return [];
  const message = 'control character in the file';
  return [{ severity: 'error', message, span: { start: at, end: at + 1 } }];
}

type ReadEvents =
  | { readonly events: undefined; readonly fault: YamlFault }
  | {
      readonly events: readonly Event[];
      readonly faults: readonly YamlFault[];
      readonly paddings: readonly Padding[];
      readonly padded: string;
    };

function readEvents(text: string): ReadEvents {
  let padded = text;
  const paddings: Padding[] = [];
  let first: YamlFault | undefined;
  for (;;) {
    const result = tryEvents(padded);
    if (Array.isArray(result)) {
      return { events: result, faults: first === undefined ? [] : [first], paddings, padded };
    }
    const repaired =
      result.reason === 'deficient indentation' && paddings.length < maxPaddings
        ? padDeficientLines(padded, result.position)
        : undefined;
    if (repaired === undefined) {
      return { events: undefined, fault: explain(text, padded, paddings, result, first) };
    }
    first ??= {
      severity: 'warning',
      message: 'line of a quoted or bracketed value is not indented deeper than its key',
      span: lineSpan(text, result.position),
      help: 'indent the line; strict YAML parsers refuse the file',
    };
    const lines = repaired.lines.map((at) => originalOffset(paddings, at));
    const last = paddings.at(-1);
    // A line that was indented before and still does not fit is beyond repair.
    if (last !== undefined && (lines[0] ?? 0) <= last.offset) {
      return { events: undefined, fault: explain(text, padded, paddings, result, first) };
    }
    for (const offset of lines) paddings.push({ offset, length: repaired.width });
    padded = repaired.text;
  }
}

interface ParseFailure {
  readonly reason: string;
  readonly position: number;
}

function tryEvents(text: string): Event[] | ParseFailure {
  try {
    return parseEvents(text, {});
  } catch (error) {
    if (error instanceof YAMLException) {
      return { reason: error.reason, position: error.mark?.position ?? 0 };
    }
    if (error instanceof RangeError) return { reason: 'nested too deeply', position: 0 };
    throw error;
  }
}

/**
 * Indents the lines of the scalar or flow collection that goes on at `position` with too little indentation.
 * Returns the new text, the line starts (in the old text) that were indented, and by how much.
 */
function padDeficientLines(
  text: string,
  position: number,
): { text: string; lines: readonly number[]; width: number } | undefined {
  const lines: number[] = [];
  const opened = openQuote(text.slice(0, position));
  const lineStart = startOfLine(text, position);
  if (opened === undefined) lines.push(lineStart);
  else {
    const end = closingQuote(text, position, opened.quote);
    // The line itself even when it begins with the closing quote.
    for (let at = lineStart; at !== -1 && at <= end; at = nextLineStart(text, at)) lines.push(at);
  }
  const width = deepestIndent(text.slice(0, position)) + 1;
  let padded = '';
  let from = 0;
  for (const at of lines) {
    padded += text.slice(from, at) + ' '.repeat(width);
    from = at;
  }
  return { text: padded + text.slice(from), lines, width };
}

/** The quote that is still open at the end of a text that begins well, and where it stands. */
function openQuote(begun: string): { quote: "'" | '"'; offset: number } | undefined {
  // Blanks at the end would count as a line with too little indentation.
  const head = begun.trimEnd();
  const failure = tryEvents(head);
  if (Array.isArray(failure)) return undefined;
  const kind = /within a (single|double) quoted scalar/.exec(failure.reason)?.[1];
  if (kind === undefined) return undefined;
  const quote = kind === 'single' ? "'" : '"';
  const style = kind === 'single' ? SCALAR_STYLE.SINGLE_QUOTED : SCALAR_STYLE.DOUBLE_QUOTED;
  // With the quote closed, the open scalar is the last one of the text.
  const indent = ' '.repeat(deepestIndent(head) + 1);
  for (const ending of [
    quote,
    indent + quote,
    ` ${quote}`,
    `x${quote}`,
    `${quote}]`,
    `${quote}}`,
    `${quote}: 0}`,
  ]) {
    const events = tryEvents(head + ending);
    if (!Array.isArray(events)) continue;
    const last = events.findLast((event) => event.type === EVENT_ID.SCALAR && event.style === style);
    if (last?.type === EVENT_ID.SCALAR) return { quote, offset: last.valueStart - 1 };
  }
  return { quote, offset: -1 };
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else return at;
    }
  }
  return text.length;
}

function startOfLine(text: string, position: number): number {
  let at = position;
  while (at > 0 && text.charCodeAt(at - 1) !== 10 && text.charCodeAt(at - 1) !== 13) at--;
  return at;
}

function nextLineStart(text: string, position: number): number {
  for (let at = position; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10) return at + 1;
    if (unit === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  }
  return -1;
}

/** The deepest column at which a key or an item begins. */
function deepestIndent(text: string): number {
  let deepest = 0;
  for (const [lead] of text.matchAll(/^[ \t]*(?:[-?:][ \t]+)*/gm)) deepest = Math.max(deepest, lead.length);
  return Math.min(deepest, 1000);
}

function lineSpan(text: string, position: number): { start: number; end: number } {
  const start = startOfLine(text, position);
  let end = start;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  return { start: Math.min(position, end), end };
}

const wordings: readonly (readonly [RegExp, string])[] = [
  [/^null byte is not allowed/, 'NUL character in the file'],
  [/non-printable|expected valid JSON character/, 'control character in the file'],
  [/^nesting exceeded|^nested too deeply/, 'values are nested more than 100 levels deep'],
  [/^tab characters must not/, 'tab in the indentation'],
  [
    /^bad indentation of a mapping entry/,
    'indentation fits no mapping, or a quote or colon is missing above',
  ],
  [/^bad indentation of a sequence entry/, 'indentation fits no list'],
  [/multiline key may not be/, 'expected "key: value", found text over several lines'],
  [/^expected ':' after a mapping key/, 'expected ":" after the key'],
  [
    /^end of the stream or a document separator/,
    'expected the end of the file; the indentation fits nothing above',
  ],
  [/^missed comma between/, 'expected "," between the items of a list or mapping in brackets'],
  [/^unexpected end of the stream within a flow collection/, 'list or mapping in brackets is not closed'],
  [/^unidentified alias/, 'unknown anchor'],
];

/** Puts a parser failure into words and points at its cause where that can be found. Offsets are of the original text. */
function explain(
  text: string,
  padded: string,
  paddings: readonly Padding[],
  failure: ParseFailure,
  repaired: YamlFault | undefined,
): YamlFault {
  const unclosed = unclosedQuote(text, padded, failure, repaired);
  if (unclosed !== undefined) return unclosed;
  const position = Math.min(originalOffset(paddings, failure.position), text.length);
  if (/^unexpected end of the stream within a flow collection/.test(failure.reason)) {
    const opened = openBracket(text);
    if (opened !== undefined) {
      const message = `"${text[opened]}" is not closed`;
      return { severity: 'error', message, span: { start: opened, end: opened + 1 } };
    }
  }
  const swallowed = swallowingBracket(text, position, failure.reason);
  if (swallowed !== undefined) {
    const message = `"${text[swallowed]}" is not closed`;
    return { severity: 'error', message, span: { start: swallowed, end: swallowed + 1 } };
  }
  const conflict = /^(?:<{7}|={7}|>{7})(?=[ \r\n]|$)/m.exec(text);
  if (conflict !== null) {
    const span = { start: conflict.index, end: conflict.index + 7 };
    return { severity: 'error', message: `"${conflict[0]}" of an unfinished merge`, span };
  }
  if (/^bad indentation of a|^end of the stream/.test(failure.reason)) {
    const reserved = /^[`@%]/.exec(text.slice(position));
    if (reserved !== null) {
      const message = `text cannot begin with "${reserved[0]}"; put it in quotes`;
      return { severity: 'error', message, span: { start: position, end: position + 1 } };
    }
    const alias = leadingStar(text, position);
    if (alias !== undefined) {
      const message = 'text cannot begin with "*"; put it in quotes';
      return { severity: 'error', message, span: { start: alias, end: alias + 1 } };
    }
    const inner = secondColon(text, position);
    if (inner !== undefined) {
      const message = 'text holds ": "; put it in quotes';
      return { severity: 'error', message, span: { start: inner, end: inner + 1 } };
    }
  }
  const glued = gluedColon(text, position);
  if (glued !== undefined && /mapping entry|multiline key/.test(failure.reason)) {
    return {
      severity: 'error',
      message: 'expected a blank after ":"',
      span: { start: glued, end: glued + 1 },
    };
  }
  const start = unexpectedCharacter(text, position);
  const wording = wordings.find(([pattern]) => pattern.test(failure.reason))?.[1];
  const message = wording ?? failure.reason;
  return { severity: 'error', message, span: { start, end: Math.min(start + 1, text.length) } };
}

/** Offset of the star of a value in the line of an offset: YAML takes it for the name of an anchor, behind which nothing may stand. */
function leadingStar(text: string, position: number): number | undefined {
  const start = startOfLine(text, position);
  const match = /^ *(?:- +)*(?:[A-Za-z_][\w-]*: +)?\*(?=[^\s,[\]{}]+[ \t]+[^\s#])/.exec(
    text.slice(start, position + 400),
  );
  return match === null ? undefined : start + match[0].length - 1;
}

/** Offset of the colon in `key: text: more`, when an offset is in that line and the text is not quoted. */
function secondColon(text: string, position: number): number | undefined {
  const start = startOfLine(text, position);
  const match = /^ *(?:- +)*[A-Za-z_][\w-]*: +[^\s"'[{|>&*!%@`#][^\r\n#]*?:(?=[ \r\n]|$)/.exec(
    text.slice(start, position + 400),
  );
  return match === null ? undefined : start + match[0].length - 1;
}

/** Offset of the colon of `key:value`, in the line of an offset or the last line with text above it. */
function gluedColon(text: string, position: number): number | undefined {
  let end = position;
  for (let line = 0; line < 2; line++) {
    const start = startOfLine(text, end);
    const match = /^(?: *(?:- +)*)[A-Za-z_][\w-]*:(?=[^\s:/\\])/.exec(text.slice(start, position + 200));
    if (match !== null) return start + match[0].length - 1;
    end = text.slice(0, Math.max(0, start - 1)).trimEnd().length;
  }
  return undefined;
}

function unexpectedCharacter(text: string, position: number): number {
  return position >= text.length ? Math.max(0, text.trimEnd().length - 1) : position;
}

/** A quote that swallowed the keys below it: the opening quote is the fault, wherever the parser gave up. */
function unclosedQuote(
  text: string,
  padded: string,
  failure: ParseFailure,
  repaired: YamlFault | undefined,
): YamlFault | undefined {
  let opened: ReturnType<typeof openQuote>;
  if (repaired !== undefined) opened = openQuote(text.slice(0, repaired.span.start));
  else if (/quoted scalar/.test(failure.reason)) opened = openQuote(padded.slice(0, failure.position));
  if (opened === undefined || opened.offset < 0) return undefined;
  if (repaired !== undefined) {
    const from = repaired.span.start;
    const end = closingQuote(text, from, opened.quote);
    const looksLikeKey = /^ *(?:- )?[A-Za-z_][\w-]*:(?:[ \t]|$)/m.test(text.slice(from, end));
    if (end < text.length && !looksLikeKey) return undefined;
  }
  return {
    severity: 'error',
    message: `quote ${opened.quote} is not closed, or its text holds the same quote once`,
    span: { start: opened.offset, end: opened.offset + 1 },
  };
}

/** A bracket opened in a line above that took in a line which looks like a key of the file. */
function swallowingBracket(text: string, position: number, reason: string): number | undefined {
  if (!/flow collection|^missed comma|^deficient/.test(reason)) return undefined;
  const lineStart = startOfLine(text, position);
  if (!/^ *(?:- )?[A-Za-z_][\w-]*:(?:[ \t\r\n]|$)/.test(text.slice(lineStart, lineStart + 200)))
    return undefined;
  return openBracket(text.slice(0, lineStart));
}

/** The last bracket of a text that is opened outside quotes and not closed. */
function openBracket(text: string): number | undefined {
  for (let at = text.length - 1, tries = 0; at >= 0 && tries < 200; at--) {
    const unit = text[at];
    if (unit !== '[' && unit !== '{') continue;
    tries++;
    const failure = tryEvents(text.slice(0, at));
    const inside = !Array.isArray(failure) && /within a flow collection|quoted scalar/.test(failure.reason);
    if (!inside) return at;
  }
  return undefined;
}

/** Offset in the original text of an offset in the padded one; padding itself maps to its line's start. */
export function originalOffset(paddings: readonly Padding[], offset: number): number {
  let shift = 0;
  for (const padding of paddings) {
    const start = padding.offset + shift;
    if (start >= offset) break;
    shift += Math.min(padding.length, offset - start);
  }
  return offset - shift;
}
