// Automatic JSON extraction: every leaf under its path, read in one pass that skips what nobody wants.
import { createRow, type Row } from '../runtime/value.js';
import { addValue, type Wanted, wants } from './step.js';

/** Objects and arrays nested deeper than this are not entered. */
const MAX_DEPTH = 1500;

/** A field that the JSON gives, under whatever paths: they may come to the same name. */
interface Field {
  readonly name: string;
  /** The event that has filled it last; a field that holds something else was there before, and stays. */
  filledIn: number;
  /** Strings with escapes, by how they are written; null when new ones keep coming. */
  decoded: Map<string, string> | null;
  /** How many of the strings looked for were there. */
  found: number;
}

/** A place in the JSON, known by its path. */
interface Place {
  readonly path: string;
  /** The field that a leaf here is; null when it is not wanted. */
  readonly field: Field | null;
  /** Something below is wanted. */
  readonly enters: boolean;
  /** What lies below by key: where all is wanted what has occurred, otherwise all that is wanted. */
  readonly children: Map<string, Place>;
  /** Which keys may be wanted, by their length and last character; most others are told from them at a glance. */
  readonly glance: Uint8Array | null;
  array: Place | null;
}

/** Keys of one object that are remembered; hostile data has new ones in every event. */
const MAX_CHILDREN = 512;
/** Field names that are remembered before all is forgotten. */
const MAX_FIELDS = 1 << 16;
/** Decoded strings of one field that are remembered, and how long they may be. */
const MAX_DECODED = 256;
const MAX_DECODED_LENGTH = 256;

/** Reads an event's JSON into a row; false when the text is not a JSON object or array. */
export type JsonReader = (text: string, row: Row) => boolean;

/**
 * Makes a reader for the wanted names, as KV_MODE=json names them (Search Reference, "spath"): keys joined by dots,
 * `{}` for each array, all values of one path one multivalue in order. Values are text as written: numbers keep
 * their digits, `null` is the text null, empty objects and arrays give nothing.
 *
 * Reading is forgiving: what stands before a fault in the text is kept, since events may be cut off. Fields that are
 * already there are left alone.
 */
export function jsonReader(wanted: Wanted): JsonReader {
  const walker = new Walker(wanted);
  return (text, row) => walker.read(text, row);
}

/** Every path at which a wanted name may still lie further down. */
function pathPrefixes(names: ReadonlySet<string>): Set<string> {
  const prefixes = new Set<string>(['']);
  for (const name of names) {
    for (let at = 0; at < name.length; at++) {
      const char = name[at];
      if (char === '.') prefixes.add(name.slice(0, at));
      else if (char === '{' && name[at + 1] === '}') {
        prefixes.add(name.slice(0, at));
        prefixes.add(name.slice(0, at + 2));
      }
    }
  }
  return prefixes;
}

/** Default fields keep their own value: what an event holds under their names is a field of another name. */
const RESERVED: ReadonlyMap<string, string> = new Map(
  ['host', 'source', 'sourcetype', 'index'].map((name) => [name, `extracted_${name}`]),
);

const GLANCE_SIZE = 1024;

/** Where a key stands in a place's `glance`. */
function glanceAt(text: string, from: number, to: number): number {
  return ((to - from) & 31) * 32 + (text.charCodeAt(to - 1) & 31);
}

class Walker {
  readonly #wanted: Wanted;
  /** Every path that is wanted or lies above a wanted one; null when all are wanted. */
  readonly #paths: ReadonlySet<string> | null;
  readonly #prefixes: ReadonlySet<string> | null;
  readonly #fields = new Map<string, Field>();
  #root: Place;
  #event = 0;
  #text = '';
  #row: Row = createRow();
  /** Where the next backslash stands, at or after the last place asked for. */
  #backslash = -1;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
    this.#prefixes = wanted === 'all' ? null : pathPrefixes(wanted);
    this.#paths =
      wanted === 'all' || this.#prefixes === null
        ? null
        : new Set([...this.#prefixes, ...wanted, ...[...RESERVED.keys()]]);
    this.#root = this.#place('');
  }

  read(text: string, row: Row): boolean {
    const start = skipSpace(text, 0);
    const first = text.charCodeAt(start);
    const headless = first === 0x22 && isMember(text, start);
    if (first !== 0x7b && first !== 0x5b && !headless) return false;
    if (this.#fields.size > MAX_FIELDS) {
      this.#fields.clear();
      this.#root = this.#place('');
    }
    this.#event++;
    this.#text = text;
    this.#row = row;
    this.#backslash = -1;
    if (headless) this.#object(start, this.#root, 0);
    else this.#value(start, this.#root, 0);
    return true;
  }

  #place(path: string): Place {
    const name = RESERVED.get(path) ?? path;
    const enters = this.#prefixes === null || this.#prefixes.has(path);
    const children = new Map<string, Place>();
    let glance: Uint8Array | null = null;
    if (this.#paths !== null && enters) {
      glance = new Uint8Array(GLANCE_SIZE);
      const above = path === '' ? '' : `${path}.`;
      for (const below of this.#paths) {
        if (!below.startsWith(above) || below.length === above.length) continue;
        const key = below.slice(above.length);
        children.set(key, this.#place(below));
        glance[glanceAt(key, 0, key.length)] = 1;
      }
    }
    return {
      path,
      field: name !== '' && wants(this.#wanted, name) ? this.#field(name) : null,
      enters,
      children,
      glance,
      array: null,
    };
  }

  #field(name: string): Field {
    let field = this.#fields.get(name);
    if (field === undefined) {
      field = { name, filledIn: 0, decoded: new Map(), found: 0 };
      this.#fields.set(name, field);
    }
    return field;
  }

  /** Reads the value at `at`; returns the offset after it, or the text's length when it is broken or cut off. */
  #value(at: number, place: Place, depth: number): number {
    const text = this.#text;
    switch (text.charCodeAt(at)) {
      case 0x7b:
        return place.enters && depth < MAX_DEPTH ? this.#object(at + 1, place, depth) : skipNested(text, at);
      case 0x5b:
        return place.enters && depth < MAX_DEPTH ? this.#array(at + 1, place, depth) : skipNested(text, at);
      case 0x22: {
        const end = stringEnd(text, at);
        if (place.field !== null) this.#add(place.field, this.#string(place.field, at, end));
        return end + 1;
      }
      default: {
        const end = bareEnd(text, at);
        if (end === at) return text.length;
        if (place.field !== null) this.#add(place.field, text.slice(at, end));
        return end;
      }
    }
  }

  #object(from: number, place: Place, depth: number): number {
    const text = this.#text;
    let at = skipSpace(text, from);
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 0x7d) return at + 1;
      if (code === 0x2c) {
        at = skipSpace(text, at + 1);
        continue;
      }
      if (code !== 0x22) return text.length;
      const end = stringEnd(text, at);
      const child = this.#child(place, at, end);
      at = skipSpace(text, end + 1);
      if (text.charCodeAt(at) !== 0x3a) return text.length;
      at = skipSpace(text, at + 1);
      if (at >= text.length) return at;
      at = skipSpace(text, child === null ? skipValue(text, at) : this.#value(at, child, depth + 1));
    }
    return at;
  }

  /** The place below under the key whose quotes stand at `at` and `end`; null when nothing there is wanted. */
  #child(place: Place, at: number, end: number): Place | null {
    const text = this.#text;
    const { glance, children } = place;
    const escaped = this.#hasBackslash(at, end);
    if (glance !== null && !escaped && glance[glanceAt(text, at + 1, end)] === 0) return null;
    const written = text.slice(at + 1, end);
    const key = escaped ? decodeString(written) : written;
    const known = children.get(key);
    if (known !== undefined) return known;
    if (glance !== null) return null;
    const made = this.#place(place.path === '' ? key : `${place.path}.${key}`);
    if (children.size < MAX_CHILDREN) children.set(key, made);
    return made;
  }

  #array(from: number, place: Place, depth: number): number {
    const text = this.#text;
    place.array ??= this.#place(`${place.path}{}`);
    let at = skipSpace(text, from);
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 0x5d) return at + 1;
      if (code === 0x2c) {
        at = skipSpace(text, at + 1);
        continue;
      }
      at = skipSpace(text, this.#value(at, place.array, depth + 1));
    }
    return at;
  }

  /** What the string says whose quotes stand at `at` and `end`. */
  #string(field: Field, at: number, end: number): string {
    const written = this.#text.slice(at + 1, end);
    if (!this.#hasBackslash(at, end)) return written;
    const { decoded } = field;
    if (decoded === null || end - at > MAX_DECODED_LENGTH) return decodeString(written);
    const known = decoded.get(written);
    if (known !== undefined) {
      field.found++;
      return known;
    }
    const value = decodeString(written);
    if (decoded.size < MAX_DECODED) decoded.set(ownText(written), value);
    else if (field.found < 4 * MAX_DECODED) field.decoded = null;
    else {
      decoded.clear();
      field.found = 0;
    }
    return value;
  }

  /** Whether a backslash stands between two places; one search for the next one serves all places before it. */
  #hasBackslash(from: number, to: number): boolean {
    if (this.#backslash < from) {
      const next = this.#text.indexOf('\\', from);
      this.#backslash = next === -1 ? this.#text.length : next;
    }
    return this.#backslash < to;
  }

  #add(field: Field, value: string): void {
    const { name } = field;
    const old = this.#row[name];
    if (old === null || old === undefined) this.#row[name] = value;
    else if (field.filledIn === this.#event) {
      addValue(this.#row, name, value);
      return;
    } else return;
    field.filledIn = this.#event;
  }
}

/** The same text without the event around it, which would be held with it. */
function ownText(part: string): string {
  return JSON.parse(JSON.stringify(part)) as string;
}

/** Whether a key and a colon stand here: an object that has lost its opening brace to line breaking. */
function isMember(text: string, at: number): boolean {
  return text.charCodeAt(skipSpace(text, stringEnd(text, at) + 1)) === 0x3a;
}

/** The offset of the closing quote of the string that opens at `at`; the text's length when there is none. */
function stringEnd(text: string, at: number): number {
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
function decodeString(written: string): string {
  if (!written.includes('\\')) return written;
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return decodeFaulty(written);
  }
}

/** The same for a string that JSON does not allow: an unknown escape stands for its character. */
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
      default:
        return escaped;
    }
  });
}

/** The end of a number, true, false or null (or whatever else stands up to the next delimiter). */
function bareEnd(text: string, at: number): number {
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
function skipValue(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 0x22) return stringEnd(text, at) + 1;
  if (code === 0x7b || code === 0x5b) return skipNested(text, at);
  const end = bareEnd(text, at);
  return end === at ? text.length : end;
}

/** The offset after the object or array that opens at `at`, whatever it holds. */
function skipNested(text: string, at: number): number {
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

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    at++;
  }
  return at;
}
