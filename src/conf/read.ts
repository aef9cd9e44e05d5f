// Reads Splunk's .conf format: stanzas, keys, continuation lines, comments, each with its place in the text.
import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import type { ConfEntry, ConfStanza } from './conf.js';

/** What a .conf text holds, in file order; a stanza written twice is there twice. */
export interface ConfFile {
  readonly stanzas: readonly ConfStanza[];
  readonly diagnostics: readonly SpanDiagnostic[];
}

/** Settings by stanza name and key after duplicates have been resolved; both levels keep first-seen order. */
export type ConfSettings = Map<string, Map<string, ConfEntry>>;

/** The name that settings above the first header, and those under `[default]`, belong to. */
export const DEFAULT_STANZA = 'default';

interface OpenStanza {
  readonly name: string;
  readonly nameSpan: ConfStanza['nameSpan'];
  readonly entries: ConfEntry[];
}

/**
 * Reads one .conf text and never throws.
 *
 * As Splunk does (Admin Manual, "Configuration file structure"): a comment is a line whose first non-blank is `#`;
 * a backslash as the very last character of a line continues the value, whose lines stay apart by a line feed, and a
 * `#` or `[` on a continuation line is part of the value; a header runs to the last `]` of its line, so names that
 * are patterns may hold brackets; a key ends at the first `=`.
 */
export function readConf(text: string): ConfFile {
  const stanzas: OpenStanza[] = [];
  const diagnostics: SpanDiagnostic[] = [];
  let current: OpenStanza | undefined;
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (position < text.length) {
    const start = skipBlanks(text, position, lineEnd(text, position));
    const end = lineEnd(text, position);
    const first = text[start];
    if (start >= end || first === '#') {
      position = nextLine(text, end);
      continue;
    }
    if (first === '[') {
      current = readHeader(text, start, end, diagnostics);
      stanzas.push(current);
      position = nextLine(text, end);
      continue;
    }
    const valueEnd = continuedEnd(text, end);
    position = nextLine(text, valueEnd);
    const entry = readEntry(text, start, end, valueEnd);
    if (entry === undefined) {
      diagnostics.push({
        severity: 'warning',
        code: 'conf-syntax',
        message: 'expected "key = value", "[stanza]" or a comment',
        span: { start, end: trimEnd(text, start, end) },
      });
      continue;
    }
    if (current === undefined) {
      current = { name: DEFAULT_STANZA, nameSpan: { start, end: start }, entries: [] };
      stanzas.push(current);
    }
    current.entries.push(entry);
  }
  return { stanzas, diagnostics };
}

/**
 * Merges stanzas of one name and keys of one stanza; what comes later wins, as within one file and, when files are
 * given weakest first, between layers (built-in, app default/, app local/).
 */
export function mergeConf(...files: readonly { readonly stanzas: readonly ConfStanza[] }[]): ConfSettings {
  const merged: ConfSettings = new Map();
  for (const file of files) {
    for (const stanza of file.stanzas) {
      let settings = merged.get(stanza.name);
      if (settings === undefined) {
        settings = new Map();
        merged.set(stanza.name, settings);
      }
      for (const entry of stanza.entries) settings.set(entry.key, entry);
    }
  }
  return merged;
}

/** Reads a Splunk boolean: `1 t true y yes` and their opposites, in any case; anything else is `fallback`. */
export function confBoolean(value: string | undefined, fallback: boolean): boolean {
  switch (value?.toLowerCase()) {
    case '1':
    case 't':
    case 'true':
    case 'y':
    case 'yes':
      return true;
    case '0':
    case 'f':
    case 'false':
    case 'n':
    case 'no':
      return false;
    default:
      return fallback;
  }
}

function readHeader(text: string, start: number, end: number, diagnostics: SpanDiagnostic[]): OpenStanza {
  const close = text.lastIndexOf(']', end - 1);
  const closed = close > start;
  if (!closed) {
    diagnostics.push({
      severity: 'warning',
      code: 'conf-syntax',
      message: 'stanza header is not closed',
      span: { start, end: trimEnd(text, start, end) },
      help: 'close it with "]"',
    });
  }
  const nameStart = start + 1;
  const nameEnd = closed ? close : trimEnd(text, nameStart, end);
  return { name: text.slice(nameStart, nameEnd), nameSpan: { start: nameStart, end: nameEnd }, entries: [] };
}

function readEntry(text: string, start: number, end: number, valueEnd: number): ConfEntry | undefined {
  const equals = text.indexOf('=', start);
  if (equals === -1 || equals >= end || equals === start) return undefined;
  const keyEnd = trimEnd(text, start, equals);
  const from = skipBlanks(text, equals + 1, valueEnd);
  const to = trimEnd(text, from, valueEnd);
  // Joined before it is trimmed: a value may end in a backslash by being continued onto an empty line.
  const raw = text.slice(from, valueEnd);
  return {
    key: text.slice(start, keyEnd),
    value: raw.includes('\n') ? raw.replace(/\\\r?\n/g, '\n').trim() : text.slice(from, to),
    keySpan: { start, end: keyEnd },
    valueSpan: { start: from, end: to },
  };
}

/** The end of the last line that a value starting on the line ending at `end` runs over. */
function continuedEnd(text: string, end: number): number {
  let last = end;
  while (last < text.length && text[last - 1] === '\\') last = lineEnd(text, nextLine(text, last));
  return last;
}

/** The offset of the line break (CRLF counts as one) that ends the line at `position`. */
function lineEnd(text: string, position: number): number {
  const feed = text.indexOf('\n', position);
  if (feed === -1) return text.length;
  return feed > position && text[feed - 1] === '\r' ? feed - 1 : feed;
}

function nextLine(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function trimEnd(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d || code === 0x0b || code === 0x0c;
}
