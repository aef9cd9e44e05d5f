// Scans a conf text as AppInspect does, quickly and without taking values apart: what checks need of megabytes.

/** One key of a stanza. */
export interface ScannedEntry {
  readonly key: string;
  /** Offsets of the value, continuation lines included. */
  readonly start: number;
  readonly end: number;
  /** 1-based line of the key. */
  readonly line: number;
}
export interface ScannedStanza {
  readonly name: string;
  readonly line: number;
  /** By key; of a repeated key the last. */
  readonly entries: ReadonlyMap<string, ScannedEntry>;
}
export interface ScanFault {
  readonly line: number;
  readonly message: string;
}
export interface ScannedConf {
  readonly text: string;
  readonly stanzas: readonly ScannedStanza[];
  readonly faults: readonly ScanFault[];
  /** Value of a key, trimmed; undefined when it is not there. */
  value(stanza: ScannedStanza, key: string): string | undefined;
}

const [feed, carriage, blank, tab, hash, semicolon, open, backslash] = [10, 13, 32, 9, 35, 59, 91, 92];

/**
 * Scans a conf text.
 *
 * Faults are those for which AppInspect's parser fails an app: a backslash before blanks at a line's end, a key written
 * twice, a line that is neither comment, stanza nor setting; `repeatedStanzas` finds the last kind.
 */
export function scanConf(text: string): ScannedConf {
  const stanzas: ScannedStanza[] = [];
  const faults: ScanFault[] = [];
  let entries = new Map<string, ScannedEntry>();
  let isOpen = false;
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const firstLine = line;
    let end = lineEnd(text, at);
    let isComment = false;
    let start = at;
    while (start < end && isBlank(text.charCodeAt(start))) start++;
    const first = text.charCodeAt(start);
    isComment = first === hash || first === semicolon;
    let next = end + 1;
    line++;
    while (continues(text, end)) {
      if (isBlank(text.charCodeAt(end - 1)) && !isComment)
        faults.push({ line: line - 1, message: 'a backslash with blanks after it at the end of a line' });
      end = lineEnd(text, next);
      next = end + 1;
      line++;
    }
    at = next;
    if (start >= end || isComment) continue;
    if (first === open) {
      const close = text.lastIndexOf(']', end);
      const name = text.slice(start + 1, Math.max(start + 1, close));
      if (close <= start) faults.push({ line: firstLine, message: 'a stanza header that is not closed' });
      entries = new Map();
      isOpen = true;
      stanzas.push({ name, line: firstLine, entries });
      continue;
    }
    const equals = text.indexOf('=', start);
    if (equals === -1 || equals >= end || equals === start) {
      if (text.slice(start, end).trim() !== '')
        faults.push({ line: firstLine, message: 'a line that is neither comment, stanza nor "key = value"' });
      continue;
    }
    if (!isOpen) {
      entries = new Map();
      isOpen = true;
      stanzas.push({ name: 'default', line: firstLine, entries });
    }
    const key = text.slice(start, equals).trimEnd();
    if (entries.has(key)) faults.push({ line: firstLine, message: `key "${key}" is twice in a stanza` });
    entries.set(key, { key, start: equals + 1, end: Math.min(end, text.length), line: firstLine });
  }
  return {
    text,
    stanzas,
    faults,
    value(stanza, key) {
      const entry = stanza.entries.get(key);
      return entry && text.slice(entry.start, entry.end).trim();
    },
  };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

const isBlank = (code: number) => code === blank || code === tab || code === carriage;

/** Whether the line that ends here ends in a backslash, blanks after it aside. */
function continues(text: string, end: number): boolean {
  if (end >= text.length || text.charCodeAt(end) !== feed) return false;
  let at = end - 1;
  while (at >= 0 && isBlank(text.charCodeAt(at))) at--;
  return text.charCodeAt(at) === backslash;
}

/** Stanzas of a name that an earlier one has, in order. */
export function repeatedStanzas(stanzas: readonly Pick<ScannedStanza, 'name' | 'line'>[]): ScanFault[] {
  const seen = new Map<string, number>();
  return stanzas.flatMap(({ name, line }) => {
    const before = seen.get(name);
    seen.set(name, line);
    return before === undefined ? [] : [{ line, message: `stanza "${name}" is already in line ${before}` }];
  });
}
