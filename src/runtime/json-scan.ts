// Finds its way in the text of JSON without parsing it. Forgiving, since events may be cut off.
import { ownText } from './own-text.js';

/** Decoded strings of one field that are remembered, and how long they may be. */
const MAX_DECODED = 256;
const MAX_DECODED_LENGTH = 256;

/** Decodes the strings of one field, which mostly come again. */
export class DecodedStrings {
  /** By how they are written; null when new ones keep coming. */
  #known: Map<string, string> | null = new Map();
  /** How many of the strings looked for were there. */
  #found = 0;

  /** What a string with escapes says, given the text between its quotes. */
  decode(written: string): string {
    if (this.#known === null || written.length >= MAX_DECODED_LENGTH) return decodeString(written);
    const known = this.#known.get(written);
    if (known !== undefined) {
      this.#found++;
      return known;
    }
    const value = decodeString(written);
    if (this.#known.size < MAX_DECODED) this.#known.set(ownText(written), value);
    else if (this.#found < 4 * MAX_DECODED) this.#known = null;
    else {
      this.#known.clear();
      this.#found = 0;
    }
    return value;
  }
}

/** The offset of the closing quote of the string that opens at `at`; the text's length when there is none. */
export function stringEnd(text: string, at: number): number {
  let end = at + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end;
    end++;
  }
}

/** What a string says, given the text between its quotes. */
export function decodeString(written: string): string {
  if (!written.includes('\\')) return written;
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return decodeFaulty(written);
  }
}

/**
 * The same for a string that JSON does not allow: an unknown escape is text, as the backslashes of a path that was not
 * escaped are, but for the apostrophe's.
 */
function decodeFaulty(written: string): string {
  return written.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (all, escaped: string) => {
    switch (escaped[0]) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'u':
        return escaped.length === 5 ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16)) : all;
      case '"':
      case '\\':
      case '/':
      case "'":
        return escaped;
      default:
        return all;
    }
  });
}

/** The end of a number, true, false or null (or whatever else stands up to the next delimiter). */
export function bareEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === 0x2c || code === 0x7d || code === 0x5d || code <= 0x20 || code === 0x3a || code === 0x22)
      break;
    end++;
  }
  return end;
}

/** The offset after the value at `at`, whatever it is; the text's length when it is broken or cut off. */
export function skipValue(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 0x22) return stringEnd(text, at) + 1;
  if (code === 0x7b || code === 0x5b) return skipNested(text, at);
  const end = bareEnd(text, at);
  return end === at ? text.length : end;
}

/** The offset after the object or array that opens at `at`, whatever it holds. */
export function skipNested(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22:
        i = stringEnd(text, i);
        break;
      case 0x7b:
      case 0x5b:
        depth++;
        break;
      case 0x7d:
      case 0x5d:
        depth--;
        if (depth === 0) return i + 1;
        break;
      default:
        break;
    }
  }
  return text.length;
}

/** The offset of the first character from `from` on that is no blank. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    at++;
  }
  return at;
}
