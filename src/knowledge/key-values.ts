// Automatic key=value extraction: KV_MODE auto and auto_escaped.

import { cleanKey } from '../runtime/extracted.js';
import type { Row } from '../runtime/value.js';
import { isPresent, type Wanted, wants } from './step.js';

export interface KeyValueOptions {
  /** auto_escaped: `\"` and `\\` inside quoted values stand for themselves. */
  readonly escapes: boolean;
  /** KV_TRIM_SPACES: outer blanks of quoted values are dropped. */
  readonly trim: boolean;
}

/**
 * Makes a reader of `name=value` pairs (Knowledge Manager Manual, "Automatic key-value field extraction"): a value
 * in double quotes runs to the closing quote, any other to a blank, comma, semicolon, `&` or `|`; empty values give
 * no field; of a repeated key the first value stays; names are cleaned as CLEAN_KEYS says.
 */
export function keyValueReader(wanted: Wanted, options: KeyValueOptions): (text: string, row: Row) => void {
  const names = new Map<string, string>();
  const nameOf = (key: string): string => {
    let name = names.get(key);
    if (name === undefined) {
      name = cleanKey(key);
      if (names.size < 4096) names.set(key, name);
    }
    return name;
  };
  return (text, row) => {
    for (let equals = text.indexOf('='); equals !== -1; ) {
      const keyEnd = blanksBefore(text, equals);
      let keyStart = keyEnd;
      while (keyStart > 0 && isKeyCode(text.charCodeAt(keyStart - 1))) keyStart--;
      const from = blanksAfter(text, equals + 1);
      let next = equals + 1;
      if (keyStart < keyEnd && from < text.length) {
        const name = nameOf(text.slice(keyStart, keyEnd));
        const quoted = text.charCodeAt(from) === 0x22 ? closingQuote(text, from, options.escapes) : -1;
        const to = quoted === -1 ? bareEnd(text, from) : quoted;
        next = Math.max(next, quoted === -1 ? to : quoted + 1);
        if (name !== '' && wants(wanted, name) && !isPresent(row[name])) {
          let value = quoted === -1 ? text.slice(from, to) : text.slice(from + 1, quoted);
          if (quoted !== -1 && options.escapes && value.includes('\\'))
            value = value.replace(/\\(["\\])/g, '$1');
          if (quoted !== -1 && options.trim) value = value.trim();
          if (value !== '') row[name] = value;
        }
      }
      equals = text.indexOf('=', next);
    }
  };
}

/** Up to one run of blanks may stand on either side of the equals sign. */
function blanksBefore(text: string, at: number): number {
  let end = at;
  while (end > 0 && text.charCodeAt(end - 1) === 0x20) end--;
  return end;
}

function blanksAfter(text: string, at: number): number {
  let from = at;
  while (from < text.length && text.charCodeAt(from) === 0x20) from++;
  return from;
}

/** Letters, digits, `_ . - : @ # $ %` and whatever is not ASCII. */
function isKeyCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x3a) ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x40 ||
    (code >= 0x23 && code <= 0x25) ||
    code > 0x7f
  );
}

function closingQuote(text: string, open: number, escapes: boolean): number {
  for (let end = text.indexOf('"', open + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    if (!escapes) return end;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}

function bareEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code <= 0x20 || code === 0x2c || code === 0x3b || code === 0x26 || code === 0x7c) break;
    end++;
  }
  return end;
}
