// Automatic JSON extraction: every leaf under its path, read in one pass that skips what nobody wants.
import type { Row } from '../runtime/value.js';
import { addValue, type Wanted } from './step.js';

/** Objects and arrays nested deeper than this are not entered. */
const MAX_DEPTH = 1500;

/** A place in the JSON, known by its path; children are found by key once and then remembered. */
interface PathNode {
  readonly path: string;
  /** The leaf is wanted under this name. */
  readonly name: string | null;
  /** Something below is wanted. */
  readonly enters: boolean;
  readonly children: Map<string, PathNode>;
  array: PathNode | null;
}

/** Keys of one object that are remembered; hostile data has new ones in every event. */
const MAX_CHILDREN = 512;

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
  const prefixes = wanted === 'all' ? null : pathPrefixes(wanted);
  const root = node('', wanted, prefixes);
  return (text, row) => {
    const start = skipSpace(text, 0);
    const first = text.charCodeAt(start);
    const walker = new Walker(text, row, wanted, prefixes);
    if (first === 0x7b || first === 0x5b) walker.value(start, root, 0);
    else if (first === 0x22 && isMember(text, start)) walker.members(start, root);
    else return false;
    return true;
  };
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

function node(path: string, wanted: Wanted, prefixes: ReadonlySet<string> | null): PathNode {
  const name = RESERVED.get(path) ?? path;
  return {
    path,
    name: name !== '' && (wanted === 'all' || wanted.has(name)) ? name : null,
    enters: prefixes === null || prefixes.has(path),
    children: new Map(),
    array: null,
  };
}

class Walker {
  readonly #text: string;
  readonly #row: Row;
  readonly #wanted: Wanted;
  readonly #prefixes: ReadonlySet<string> | null;
  /** Fields this event's JSON has filled; any other one was there before and stays. */
  readonly #filled = new Set<string>();

  constructor(text: string, row: Row, wanted: Wanted, prefixes: ReadonlySet<string> | null) {
    this.#text = text;
    this.#row = row;
    this.#wanted = wanted;
    this.#prefixes = prefixes;
  }

  /** Reads the value at `at`; returns the offset after it, or the text's length when it is broken or cut off. */
  value(at: number, place: PathNode, depth: number): number {
    const text = this.#text;
    switch (text.charCodeAt(at)) {
      case 0x7b:
        return place.enters && depth < MAX_DEPTH ? this.#object(at + 1, place, depth) : skipNested(text, at);
      case 0x5b:
        return place.enters && depth < MAX_DEPTH ? this.#array(at + 1, place, depth) : skipNested(text, at);
      case 0x22: {
        const end = stringEnd(text, at);
        if (place.name !== null) this.#add(place.name, decodeString(text, at + 1, end));
        return end + 1;
      }
      default: {
        const end = bareEnd(text, at);
        if (end === at) return text.length;
        if (place.name !== null) this.#add(place.name, text.slice(at, end));
        return end;
      }
    }
  }

  /** Reads the members of an object whose opening brace is missing. */
  members(at: number, place: PathNode): void {
    this.#object(at, place, 0);
  }

  #object(from: number, place: PathNode, depth: number): number {
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
      const key = decodeString(text, at + 1, end);
      at = skipSpace(text, end + 1);
      if (text.charCodeAt(at) !== 0x3a) return text.length;
      at = skipSpace(text, at + 1);
      if (at >= text.length) return at;
      at = skipSpace(text, this.value(at, this.#child(place, key), depth + 1));
    }
    return at;
  }

  #array(from: number, place: PathNode, depth: number): number {
    const text = this.#text;
    place.array ??= node(`${place.path}{}`, this.#wanted, this.#prefixes);
    let at = skipSpace(text, from);
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 0x5d) return at + 1;
      if (code === 0x2c) {
        at = skipSpace(text, at + 1);
        continue;
      }
      at = skipSpace(text, this.value(at, place.array, depth + 1));
    }
    return at;
  }

  #child(place: PathNode, key: string): PathNode {
    const known = place.children.get(key);
    if (known !== undefined) return known;
    const path = place.path === '' ? key : `${place.path}.${key}`;
    const made = node(path, this.#wanted, this.#prefixes);
    if (place.children.size < MAX_CHILDREN) place.children.set(key, made);
    return made;
  }

  #add(name: string, value: string): void {
    const old = this.#row[name];
    if (old === null || old === undefined) this.#row[name] = value;
    else if (this.#filled.has(name)) {
      addValue(this.#row, name, value);
      return;
    } else return;
    this.#filled.add(name);
  }
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

function decodeString(text: string, from: number, to: number): string {
  const raw = text.slice(from, to);
  if (!raw.includes('\\')) return raw;
  return raw.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (all, escaped: string) => {
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
