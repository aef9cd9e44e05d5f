// Reads the leaves of JSON records that are alike: what stands between two values is learned, and then only compared.

import {
  bareRest,
  CLOSE,
  CLOSE_LIST,
  COLON,
  COMMA,
  Edge,
  END,
  fits,
  isBare,
  isOpening,
  Kind,
  type Mark,
  OPEN,
  OPEN_LIST,
  QUOTE,
  type Run,
  readKey,
  runFrom,
  Shape,
  Slot,
  Spot,
  START,
} from './json-edges.js';
import { skipNested, skipSpace, stringEnd } from './json-scan.js';

export { Kind, Shape } from './json-edges.js';

/** What is to be noted. */
export interface Noted<T> {
  sink(place: Pick<Spot<T>, 'path' | 'depth' | 'key'>): T | null;
  enters(path: string, depth: number): boolean;
  /** Objects and arrays are noted, as well as other values. */
  readonly wholes: boolean;
  /**
   * Keys, as they end the noted members' names: when so many values were noted as there are keys, and none of them
   * follows, reading ends there. Null where that cannot be told.
   */
  readonly keys: readonly string[] | null;
  /** The names of the record's own members are told, whether their values are noted or not. */
  readonly tellsShape?: boolean;
}

/** What stands in a text between two values. */
interface Found<T> {
  readonly marks: Mark<T>[];
  readonly names: string[];
}
const nothing = <T>(): Found<T> => ({ marks: [], names: [] });

/** Texts that may follow one value; with more, what it belongs to is of no layout. */
const MAX_EDGES = 20;
/** Spots and edges that are learned before all is forgotten, and how often. */
const MAX_LEARNED = 4000;
const MAX_RESETS = 8;
const MAX_DEPTH = 64;
/** Names in all shapes that are remembered. */
const MAX_SHAPED = 1 << 16;
/** Records after which it is judged whether it is worth trying. */
const TRIAL_RECORDS = 512;
/** A rest of a text that is shorter, for each key that is looked for in it, is quicker read than looked through. */
const SHORT_REST = 16;

/** Longer texts that stand between two values are not learned. */
const MAX_EDGE = 4096;
/** Steps after which a run is made, and is made again; and the longest text for one: what a regular expression remembers grows. */
const STEPS_BEFORE_RUN = 64;
const STEPS_AFTER_FAILURE = 4096;
const MAX_RUN_TEXT = 1 << 16;

/** Reads records one by one. What was noted of the last one is in lists, which are used again. */
export class JsonLayout<T> {
  /** How many values were noted. */
  count = 0;
  readonly sinks: T[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly kinds: Kind[] = [];
  /** Where the record ends; only where everything was read. */
  end = 0;
  /** The record's own members, where they are asked for. */
  shape = new Shape([]);
  readonly #noted: Noted<T>;
  readonly #needles: readonly string[];
  #root: Spot<T>;
  #start: Slot<T>;
  #empty = this.shape;
  #shaped = 0;
  readonly #toldOf = (): void => {
    this.#shaped++;
  };
  #learned = 0;
  #resets = 0;
  /** Where the last value begins. */
  #at = 0;
  /** What led there. */
  #step: Run<T> | Edge<T> | null = null;
  #tried = 0;
  #failed = 0;
  /** How often the keys were looked for in a rest, and how often none of them was there. */
  #looked = 0;
  #done = 0;

  constructor(noted: Noted<T>) {
    this.#noted = noted;
    this.#needles = noted.keys?.map((key) => `${key}"`) ?? [];
    this.#root = this.#spot(null, null);
    this.#start = new Slot(this.#root, START);
  }

  /**
   * Notes the wanted values of the object or array that the text is. False where that is not certain: the text is
   * broken, or unlike the records before.
   */
  read(text: string): boolean {
    if (this.#tried >= TRIAL_RECORDS && this.#failed * 4 > this.#tried) return false;
    this.#tried++;
    if (this.#walk(text)) return true;
    this.#failed++;
    return false;
  }

  #walk(text: string): boolean {
    this.count = 0;
    let slot = this.#start;
    let at = 0;
    let backslash = -1;
    const tellsShape = this.#noted.tellsShape === true;
    if (tellsShape) {
      if (this.#shaped > MAX_SHAPED) this.#forgetShapes();
      this.shape = this.#empty;
    }
    let isLooked = this.#needles.length === 0;
    for (;;) {
      if (!isLooked && this.count >= this.#needles.length && !slot.inArray) {
        isLooked = true;
        if (this.#isDone(text, at)) return true;
      }
      const next = this.#next(slot, text, at);
      if (next === null) return false;
      slot = next;
      at = this.#at;
      if (tellsShape) this.shape = this.shape.after(this.#step as Run<T> | Edge<T>, this.#toldOf);
      let end: number;
      switch (slot.kind) {
        case Kind.String:
          end = text.indexOf('"', at);
          if (end < 0) return false;
          if (backslash < at) {
            backslash = text.indexOf('\\', at);
            if (backslash < 0) backslash = text.length;
          }
          if (backslash < end) {
            end = stringEnd(text, at - 1);
            if (end === text.length) return false;
          }
          break;
        case Kind.Bare:
          bareRest.lastIndex = at;
          bareRest.test(text);
          end = bareRest.lastIndex;
          // Where a bracket stands in it, objects that are read and those that are skipped end elsewhere.
          if (end === text.length || isOpening(text.charCodeAt(end - 1))) return false;
          break;
        case Kind.Nested:
          end = skipNested(text, at);
          if (end === text.length) return false;
          break;
        default:
          this.end = at;
          if (tellsShape && !this.shape.isLast) {
            this.shape.isLast = true;
            this.#shaped += this.shape.size;
          }
          return true;
      }
      const { sink } = slot;
      if (sink !== null) {
        const { count } = this;
        this.sinks[count] = sink;
        this.starts[count] = at;
        this.ends[count] = end;
        this.kinds[count] = slot.kind;
        this.count = count + 1;
      }
      at = end;
    }
  }

  /** The next value behind one, and where it begins; null where there is none. */
  #next(slot: Slot<T>, text: string, at: number): Slot<T> | null {
    let edge = slot.edges[0];
    if (edge?.run != null && this.#runs(edge.run, text, at)) return edge.run.to;
    if (edge === undefined || !fits(edge, text, at)) {
      const other = this.#other(slot, text, at);
      if (other === null) return null;
      edge = other;
      if (edge.run !== null && this.#runs(edge.run, text, at)) return edge.run.to;
    }
    const { run } = edge;
    if (run !== null && ++run.failed > STEPS_BEFORE_RUN && run.failed > run.passed) {
      edge.run = null;
      edge.steps = -STEPS_AFTER_FAILURE;
    }
    if (edge.marks !== null) this.#mark(edge.marks, at);
    if (++edge.steps === STEPS_BEFORE_RUN) edge.run = runFrom(slot, edge);
    this.#at = at + edge.text.length;
    this.#step = edge;
    return edge.to;
  }

  #runs(run: Run<T>, text: string, at: number): boolean {
    const { regex } = run;
    if (text.length > MAX_RUN_TEXT) return false;
    regex.lastIndex = at;
    if (!regex.test(text)) return false;
    run.passed++;
    this.#at = regex.lastIndex;
    this.#step = run;
    return true;
  }

  /** Whether no more can be noted. */
  #isDone(text: string, at: number): boolean {
    if (text.length - at < SHORT_REST * this.#needles.length) return false;
    if (this.#looked > TRIAL_RECORDS && this.#done * 2 < this.#looked) return false;
    this.#looked++;
    for (const needle of this.#needles) if (text.includes(needle, at)) return false;
    // A key may be written in another way.
    if (text.includes('\\u', at)) return false;
    this.#done++;
    return true;
  }

  #mark(marks: readonly Mark<T>[], at: number): void {
    for (const mark of marks) {
      const { count } = this;
      if (mark.sink === null) {
        this.ends[count - 1] = at + mark.at;
        continue;
      }
      this.sinks[count] = mark.sink;
      this.starts[count] = at + mark.at;
      this.ends[count] = -1;
      this.kinds[count] = Kind.Nested;
      this.count = count + 1;
    }
  }

  /** Another edge that fits than the first one, which it then is; null where there is none and none can be. */
  #other(slot: Slot<T>, text: string, at: number): Edge<T> | null {
    const { edges } = slot;
    for (let i = 1; i < edges.length; i++) {
      const edge = edges[i] as Edge<T>;
      if (!fits(edge, text, at)) continue;
      edges.copyWithin(1, 0, i);
      edges[0] = edge;
      return edge;
    }
    if (edges.length >= MAX_EDGES) {
      this.#giveUp(slot);
      return null;
    }
    if (this.#learned > MAX_LEARNED) {
      this.#forget();
      return null;
    }
    const edge = slot.kind === START ? this.#enter(text) : this.#follow(text, at, slot.spot, slot.kind);
    if (edge === null) return null;
    this.#learned++;
    edges.unshift(edge);
    return edge;
  }

  /** What follows a value differs too much: the outermost object around it of which nothing is noted is skipped. */
  #giveUp({ spot }: Slot<T>): void {
    let outermost: Spot<T> | null = null;
    for (let above: Spot<T> | null = spot; above !== null && !above.enters; above = above.parent)
      outermost = above;
    if (outermost === spot) outermost = null;
    if (outermost === null) this.#failed += TRIAL_RECORDS;
    else {
      outermost.isWild = true;
      this.#forgetEdges();
    }
  }

  #forget(): void {
    this.#root = this.#spot(null, null);
    this.#forgetEdges();
  }

  #forgetShapes(): void {
    this.#shaped = 0;
    this.#empty = new Shape([]);
  }

  #forgetEdges(): void {
    this.#forgetShapes();
    if (++this.#resets > MAX_RESETS) this.#failed = Number.POSITIVE_INFINITY;
    this.#learned = 0;
    this.#start = new Slot(this.#root, START);
    const clear = (spot: Spot<T>): void => {
      spot.slots.fill(null);
      for (const child of spot.children.values()) clear(child);
      if (spot.elements !== null) clear(spot.elements);
    };
    clear(this.#root);
  }

  #spot(parent: Spot<T> | null, key: string | null): Spot<T> {
    const spot = new Spot(parent, key);
    spot.sink = this.#noted.sink(spot);
    spot.whole = spot.sink !== null && this.#noted.wholes;
    spot.enters = this.#noted.enters(spot.path, spot.depth);
    this.#learned++;
    return spot;
  }

  #slot(spot: Spot<T>, kind: Kind | typeof END): Slot<T> {
    spot.slots[kind] ??= new Slot(spot, kind);
    return spot.slots[kind] as Slot<T>;
  }

  #enter(text: string): Edge<T> | null {
    const at = skipSpace(text, 0);
    const code = text.charCodeAt(at);
    return isOpening(code) ? this.#open(text, 0, at, this.#root, nothing()) : null;
  }

  /** Reads on after a value, up to the next one. */
  #follow(text: string, from: number, spot: Spot<T>, kind: number): Edge<T> | null {
    return this.#after(text, from, kind === Kind.String ? from + 1 : from, spot, nothing());
  }

  /** The edge from `from` to the next value, where one at a spot has ended before `at`. */
  #after(text: string, from: number, at: number, spot: Spot<T>, found: Found<T>): Edge<T> | null {
    let ended: Spot<T> = spot;
    let next = at;
    for (;;) {
      const container: Spot<T> | null = ended.parent;
      if (container === null) return this.#edge(text, from, next, this.#slot(this.#root, END), found);
      next = skipSpace(text, next);
      while (text.charCodeAt(next) === COMMA) next = skipSpace(text, next + 1);
      if (text.charCodeAt(next) !== (ended.key === null ? CLOSE_LIST : CLOSE))
        return this.#member(text, from, next, container, ended.key === null, found);
      next++;
      if (container.whole) found.marks.push({ at: next - from, sink: null });
      ended = container;
    }
  }

  /** The edge to the value of a member, or to an element, that begins at `at`. */
  #member(
    text: string,
    from: number,
    at: number,
    container: Spot<T>,
    isList: boolean,
    found: Found<T>,
  ): Edge<T> | null {
    if (isList) {
      container.elements ??= this.#spot(container, null);
      return this.#open(text, from, at, container.elements, found);
    }
    if (text.charCodeAt(at) !== QUOTE) return null;
    const end = stringEnd(text, at);
    const key = readKey(text.slice(at, end + 1));
    if (container.depth === 0 && key !== null) found.names.push(key);
    const colon = skipSpace(text, end + 1);
    if (key === null || text.charCodeAt(colon) !== COLON) return null;
    let child = container.children.get(key);
    if (child === undefined) {
      child = this.#spot(container, key);
      container.children.set(key, child);
    }
    return this.#open(text, from, skipSpace(text, colon + 1), child, found);
  }

  /** The edge to the value at a spot, or to the first in it, or behind it where it is empty. */
  #open(text: string, from: number, at: number, spot: Spot<T>, found: Found<T>): Edge<T> | null {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return this.#edge(text, from, at + 1, this.#slot(spot, Kind.String), found);
    if (isOpening(code)) {
      // Arrays are of many lengths.
      if (spot.isWild || (code === OPEN_LIST && !spot.enters))
        return this.#edge(text, from, at, this.#slot(spot, Kind.Nested), found);
      if (spot.depth >= MAX_DEPTH) return null;
      if (spot.whole) found.marks.push({ at: at - from, sink: spot.sink });
      let next = skipSpace(text, at + 1);
      while (text.charCodeAt(next) === COMMA) next = skipSpace(text, next + 1);
      if (text.charCodeAt(next) !== (code === OPEN ? CLOSE : CLOSE_LIST))
        return this.#member(text, from, next, spot, code === OPEN_LIST, found);
      if (spot.whole) found.marks.push({ at: next + 1 - from, sink: null });
      return this.#after(text, from, next + 1, spot, found);
    }
    return isBare(code) ? this.#edge(text, from, at, this.#slot(spot, Kind.Bare), found) : null;
  }

  #edge(text: string, from: number, to: number, slot: Slot<T>, found: Found<T>): Edge<T> | null {
    if (to - from > MAX_EDGE) return null;
    // Cut out of the text without keeping all of it.
    const own = JSON.parse(JSON.stringify(text.slice(from, to))) as string;
    const names = found.names.map((name) => JSON.parse(JSON.stringify(name)) as string);
    return new Edge(own, slot, found.marks.length === 0 ? null : found.marks, names);
  }
}
