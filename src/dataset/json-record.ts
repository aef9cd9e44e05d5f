// The members of a JSON record, told without parsing it: what nobody asks for is never decoded.
import { JsonLayout, Kind, Shape } from '../runtime/json-layout.js';
import { decodeString, skipSpace, skipValue, stringEnd } from '../runtime/json-scan.js';
import { parseValue } from './json-text.js';

const EMPTY = new Shape([]);

/** The members whose values tell what a record is; others are found when they are asked for. */
const TELLING: ReadonlySet<string> = new Set([
  ...['event', 'time', 'host', 'source', 'sourcetype', 'index', 'fields'],
  ...['result', '_raw', '_time', 'message', 'timestamp', 'detail', 'detail-type', '_source'],
  ...['CloudTrailEvent', 'AuditData', 'category', 'resourceId', 'ResourceId', 'kind', 'event_type'],
  ...['_path', '@stream', 'protocol_stack', 'extracted_eventtype'],
]);

/**
 * Reads the members of one record after the other; as a map it holds those of the last one. Of members of one name the
 * last counts. What stands within a member may be broken: it is looked at when it is asked for.
 */
export class JsonRecord implements ReadonlyMap<string, unknown> {
  readonly #layout = new JsonLayout<string>({
    sink: ({ depth, key }) => (depth === 1 && key !== null && TELLING.has(key) ? key : null),
    enters: (_, depth) => depth === 0,
    wholes: true,
    keys: null,
    tellsShape: true,
  });
  #text = '';
  #count = 0;
  #names: readonly string[] = [];
  #starts: readonly number[] = [];
  #ends: readonly number[] = [];
  #kinds: readonly Kind[] = [];
  #shape = EMPTY;
  /** All members are in the lists. */
  #isComplete = true;

  /** False when the text is not a whole object. */
  read(text: string): boolean {
    this.#count = 0;
    this.#shape = EMPTY;
    this.#text = text;
    if (text.charCodeAt(0) === 0x7b && this.#layout.read(text)) {
      if (this.#layout.end !== text.length && !isNothing(text, this.#layout.end)) return false;
      ({
        count: this.#count,
        sinks: this.#names,
        starts: this.#starts,
        ends: this.#ends,
        kinds: this.#kinds,
      } = this.#layout);
      this.#shape = this.#layout.shape;
      this.#isComplete = false;
      return true;
    }
    if (!this.#walk(text)) return false;
    this.#shape = new Shape(this.#names);
    return true;
  }

  /** What can be told of the record by the names of its members. */
  get shape(): Shape {
    return this.#shape;
  }

  get size(): number {
    return this.#shape.names.size;
  }

  has(name: string): boolean {
    return this.#shape.names.has(name);
  }

  /** A member's value, parsed; undefined where there is none or it is broken. */
  get(name: string): unknown {
    const i = this.#indexOf(name);
    return i < 0 ? undefined : this.#valueAt(i);
  }

  #valueAt(i: number): unknown {
    const written = this.#text.slice(this.#starts[i], this.#ends[i]);
    if (this.#kinds[i] === Kind.String) return decodeString(written);
    if (/^[1-9]\d{0,99}(?:\.\d+)?$/.test(written)) return Number(written);
    try {
      return parseValue(written);
    } catch {
      return undefined;
    }
  }

  /** A member's string; undefined where it is none or empty. */
  textOf(name: string): string | undefined {
    const i = this.#indexOf(name);
    if (i < 0 || this.#kinds[i] !== Kind.String) return undefined;
    const text = decodeString(this.#text.slice(this.#starts[i], this.#ends[i]));
    return text === '' ? undefined : text;
  }

  /** A member as an event shows it: a string without its quotes, anything else as written; null where there is none. */
  shown(name: string): string | null {
    const i = this.#indexOf(name);
    if (i < 0) return null;
    const written = this.#text.slice(this.#starts[i], this.#ends[i]);
    return this.#kinds[i] === Kind.String ? decodeString(written) : written;
  }

  /** Whether a member is an object. */
  holdsObject(name: string): boolean {
    const i = this.#indexOf(name);
    return (
      i >= 0 && this.#kinds[i] === Kind.Nested && this.#text.charCodeAt(this.#starts[i] as number) === 0x7b
    );
  }

  /** Whether a member is a string. */
  holdsString(name: string): boolean {
    const i = this.#indexOf(name);
    return i >= 0 && this.#kinds[i] === Kind.String;
  }

  keys(): MapIterator<string> {
    return this.#shape.names.values() as MapIterator<string>;
  }

  *values(): MapIterator<unknown> {
    for (const [, value] of this.entries()) yield value;
  }

  *entries(): MapIterator<[string, unknown]> {
    if (!this.#isComplete) this.#walk(this.#text);
    // Of members of one name the last counts, though it stands where the first does.
    const places = new Map<string, number>();
    for (let i = 0; i < this.#count; i++) places.set(this.#names[i] as string, i);
    for (const [name, i] of places) yield [name, this.#valueAt(i)];
  }

  [Symbol.iterator](): MapIterator<[string, unknown]> {
    return this.entries();
  }

  forEach(use: (value: unknown, name: string, map: ReadonlyMap<string, unknown>) => void): void {
    for (const [name, value] of this) use(value, name, this);
  }

  #indexOf(name: string): number {
    if (!this.#isComplete && !TELLING.has(name) && this.has(name)) this.#walk(this.#text);
    for (let i = this.#count - 1; i >= 0; i--) if (this.#names[i] === name) return i;
    return -1;
  }

  /** Finds all members, of whatever layout. */
  #walk(text: string): boolean {
    const [names, starts, ends, kinds]: [string[], number[], number[], Kind[]] = [[], [], [], []];
    let at = skipSpace(text, 0);
    if (text.charCodeAt(at) !== 0x7b) return false;
    at = skipSpace(text, at + 1);
    while (text.charCodeAt(at) !== 0x7d) {
      if (text.charCodeAt(at) === 0x2c) {
        at = skipSpace(text, at + 1);
        continue;
      }
      if (text.charCodeAt(at) !== 0x22) return false;
      const end = stringEnd(text, at);
      const colon = skipSpace(text, end + 1);
      if (text.charCodeAt(colon) !== 0x3a) return false;
      const start = skipSpace(text, colon + 1);
      const after = skipValue(text, start);
      if (after >= text.length) return false;
      const first = text.charCodeAt(start);
      const kind = first === 0x22 ? Kind.String : first === 0x7b || first === 0x5b ? Kind.Nested : Kind.Bare;
      names.push(decodeString(text.slice(at + 1, end)));
      starts.push(kind === Kind.String ? start + 1 : start);
      ends.push(kind === Kind.String ? after - 1 : after);
      kinds.push(kind);
      at = skipSpace(text, after);
    }
    if (!isNothing(text, at + 1)) return false;
    this.#isComplete = true;
    this.#count = names.length;
    [this.#names, this.#starts, this.#ends, this.#kinds] = [names, starts, ends, kinds];
    return true;
  }
}

/** Whether only blanks, and a comma as between the elements of an array, stand from an offset on. */
function isNothing(text: string, from: number): boolean {
  const at = skipSpace(text, from);
  return at === text.length || (text.charCodeAt(at) === 0x2c && skipSpace(text, at + 1) === text.length);
}
