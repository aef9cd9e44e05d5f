// Automatic JSON extraction: every leaf under its path, read in one pass that skips what nobody wants.

import { addValue } from '../runtime/extracted.js';
import { JsonLayout, Kind } from '../runtime/json-layout.js';
import {
  bareEnd,
  DecodedStrings,
  decodeString,
  skipNested,
  skipSpace,
  skipValue,
  stringEnd,
} from '../runtime/json-scan.js';
import { createRow, type Row } from '../runtime/value.js';
import { type Wanted, wants } from './step.js';

/** Objects and arrays nested deeper than this are not entered. */
const MAX_DEPTH = 1500;

/** A field that the JSON gives, under whatever paths: they may come to the same name. */
interface Field {
  readonly name: string;
  /** The event that has filled it last; a field that holds something else was there before, and stays. */
  filledIn: number;
  readonly strings: DecodedStrings;
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
export function jsonReader(wanted: Wanted, nulls: 'text' | 'absent' = 'text'): JsonReader {
  const walker = new Walker(wanted, nulls === 'absent');
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

/** What a row has from the start, or under another name. */
const OWN: ReadonlySet<string> = new Set(['_time', '_raw', ...RESERVED.keys()]);

const GLANCE_SIZE = 1024;

/** Where a key stands in a place's `glance`. */
function glanceAt(text: string, from: number, to: number): number {
  return ((to - from) & 31) * 32 + (text.charCodeAt(to - 1) & 31);
}

class Walker {
  readonly #wanted: Wanted;
  readonly #skipsNull: boolean;
  /** Every path that is wanted or lies above a wanted one; null when all are wanted. */
  readonly #paths: ReadonlySet<string> | null;
  readonly #prefixes: ReadonlySet<string> | null;
  readonly #fields = new Map<string, Field>();
  /** Reads texts that are like those before; the others are walked through. */
  readonly #layout: JsonLayout<Field>;
  #root: Place;
  #event = 0;
  #text = '';
  #row: Row = createRow();
  /** Where the next backslash stands, at or after the last place asked for. */
  #backslash = -1;

  constructor(wanted: Wanted, skipsNull: boolean) {
    this.#wanted = wanted;
    this.#skipsNull = skipsNull;
    this.#prefixes = wanted === 'all' ? null : pathPrefixes(wanted);
    this.#paths =
      wanted === 'all' || this.#prefixes === null
        ? null
        : new Set([...this.#prefixes, ...wanted, ...[...RESERVED.keys()]]);
    this.#root = this.#place('');
    this.#layout = new JsonLayout({
      sink: ({ path }) => this.#fieldAt(path),
      enters: (path) => this.#prefixes === null || this.#prefixes.has(path),
      wholes: false,
      keys: wanted === 'all' ? null : lastKeys(wanted),
    });
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
    if (!headless && this.#layout.read(text)) this.#take(this.#layout);
    else if (headless) this.#object(start, this.#root, 0);
    else this.#value(start, this.#root, 0);
    return true;
  }

  #take({ count, sinks, starts, ends, kinds }: JsonLayout<Field>): void {
    const text = this.#text;
    for (let i = 0; i < count; i++) {
      const field = sinks[i] as Field;
      const start = starts[i] as number;
      if (kinds[i] === Kind.String) {
        const written = text.slice(start, ends[i]);
        this.#add(field, written.includes('\\') ? field.strings.decode(written) : written);
      } else if (!(this.#skipsNull && text.startsWith('null', start)))
        this.#add(field, text.slice(start, ends[i]));
    }
  }

  /** The field that a leaf at a path is; null when it is not wanted. */
  #fieldAt(path: string): Field | null {
    const name = RESERVED.get(path) ?? path;
    return name !== '' && wants(this.#wanted, name) ? this.#field(name) : null;
  }

  #place(path: string): Place {
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
      field: this.#fieldAt(path),
      enters,
      children,
      glance,
      array: null,
    };
  }

  #field(name: string): Field {
    let field = this.#fields.get(name);
    if (field === undefined) {
      field = { name, filledIn: 0, strings: new DecodedStrings() };
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
        if (place.field !== null && !(this.#skipsNull && text.startsWith('null', at)))
          this.#add(place.field, text.slice(at, end));
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
    return this.#hasBackslash(at, end) ? field.strings.decode(written) : written;
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

/** Most names for whose keys a rest of a text is looked through. */
const FEW_NAMES = 4;

/** The keys that members of the wanted names end with; null where they may be written in several ways, or are many. */
function lastKeys(wanted: ReadonlySet<string>): string[] | null {
  const names = [...wanted].filter((name) => !OWN.has(name));
  const isPlain = names.every(
    (name) => /^[\w@.{}-]*[\w@-](?:\{\})*$/.test(name) && !name.startsWith('extracted_'),
  );
  if (names.length === 0 || names.length > FEW_NAMES || !isPlain) return null;
  return names.map((name) => name.replace(/(?:\{\})+$/, '').replace(/^.*[.}]/, ''));
}

/** Whether a key and a colon stand here: an object that has lost its opening brace to line breaking. */
function isMember(text: string, at: number): boolean {
  return text.charCodeAt(skipSpace(text, stringEnd(text, at) + 1)) === 0x3a;
}
