// Reads the leaves of JSON records that are alike: what stands between two values is learned, and then only compared.

import {
  CLOSE,
  CLOSE_LIST,
  COLON,
  COMMA,
  type Edge,
  END,
  fits,
  isBare,
  KINDS,
  Kind,
  type Mark,
  OPEN,
  OPEN_LIST,
  type OwnSpot,
  QUOTE,
  type Run,
  readKey,
  runFrom,
  type Slot,
  type Spot,
} from './json-edges.js';
import { skipNested, skipSpace, stringEnd } from './json-scan.js';

export { Kind } from './json-edges.js';

/** What is to be noted. */
export interface Noted<T> {
  sink(spot: Omit<Spot<T>, 'sink' | 'whole' | 'enters'>): T | null;
  enters(path: string, depth: number): boolean;
  /** Objects and arrays are noted, as well as other values. */
  readonly wholes: boolean;
  /**
   * Keys, as they end the noted members' names: when so many values were noted as there are keys, and none of them
   * follows, reading ends there. Null where that cannot be told.
   */
  readonly keys: readonly string[] | null;
}

/** Texts that may follow one value; with more, what it belongs to is of no layout. */
const MAX_EDGES = 20;
/** Spots and edges that are learned before all is forgotten, and how often. */
const MAX_LEARNED = 4000;
const MAX_RESETS = 8;
const MAX_DEPTH = 64;
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
  readonly #noted: Noted<T>;
  readonly #needles: readonly string[];
  #root: OwnSpot<T>;
  #start: Slot<T>;
  #learned = 0;
  #resets = 0;
  /** Where the last value begins. */
  #at = 0;
  #tried = 0;
  #failed = 0;
  /** How often the keys were looked for in a rest, and how often none of them was there. */
  #looked = 0;
  #done = 0;

  constructor(noted: Noted<T>) {
    this.#noted = noted;
    this.#needles = noted.keys?.map((key) => `${key}"`) ?? [];
    this.#root = this.#spot(null, null, false);
    this.#start = { spot: null, kind: END, sink: null, edges: [] };
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
    let isLooked = this.#needles.length === 0;
    for (;;) {
      if (!isLooked && this.count >= this.#needles.length && slot.spot?.inArray === false) {
        isLooked = true;
        if (this.#isDone(text, at)) return true;
      }
      const next = this.#next(slot, text, at);
      if (next === null) return false;
      slot = next;
      at = this.#at;
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
        case Kind.Bare: {
          end = at + 1;
          for (; end < text.length; end++) {
            const code = text.charCodeAt(end);
            if (code === COMMA || code === CLOSE || code <= 0x20) break;
            if (code === CLOSE_LIST || code === COLON || code === QUOTE) break;
          }
          if (end === text.length) return false;
          break;
        }
        case Kind.Nested:
          end = skipNested(text, at);
          if (end === text.length) return false;
          break;
        default:
          this.end = at;
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
    return edge.to;
  }

  #runs(run: Run<T>, text: string, at: number): boolean {
    const { regex } = run;
    if (text.length > MAX_RUN_TEXT) return false;
    regex.lastIndex = at;
    if (!regex.test(text)) return false;
    run.passed++;
    this.#at = regex.lastIndex;
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
    const edge = slot.spot === null ? this.#enter(text) : this.#follow(text, at, slot.spot, slot.kind);
    if (edge === null) return null;
    this.#learned++;
    edges.unshift(edge);
    return edge;
  }

  /** What follows a value differs too much: the outermost object around it of which nothing is noted is skipped. */
  #giveUp({ spot }: Slot<T>): void {
    let outermost: OwnSpot<T> | null = null;
    for (let above = spot; above !== null && !above.enters; above = above.parent) outermost = above;
    if (outermost === spot) outermost = null;
    if (outermost === null) this.#failed += TRIAL_RECORDS;
    else {
      outermost.isWild = true;
      this.#forgetEdges();
    }
  }

  #forget(): void {
    this.#root = this.#spot(null, null, false);
    this.#forgetEdges();
  }

  #forgetEdges(): void {
    if (++this.#resets > MAX_RESETS) this.#failed = Number.POSITIVE_INFINITY;
    this.#learned = 0;
    this.#start = { spot: null, kind: END, sink: null, edges: [] };
    const clear = (spot: OwnSpot<T>): void => {
      spot.slots.length = 0;
      for (const child of spot.children.values()) clear(child);
      if (spot.elements !== null) clear(spot.elements);
    };
    clear(this.#root);
  }

  #spot(parent: OwnSpot<T> | null, key: string | null, isElement: boolean): OwnSpot<T> {
    const above = parent === null || parent.path === '' ? '' : `${parent.path}.`;
    const path = parent === null ? '' : isElement ? `${parent.path}{}` : `${above}${key}`;
    const depth = parent === null ? 0 : parent.depth + 1;
    const place = { parent, key, path, depth, inArray: isElement || parent?.inArray === true };
    const sink = this.#noted.sink(place);
    this.#learned++;
    return {
      ...place,
      sink,
      whole: sink !== null && this.#noted.wholes,
      enters: this.#noted.enters(path, depth),
      children: new Map(),
      elements: null,
      isWild: false,
      slots: [],
    };
  }

  #slot(spot: OwnSpot<T>, kind: number): Slot<T> {
    let slot = spot.slots[kind];
    if (slot === undefined) {
      const isNoted = kind === Kind.Nested ? spot.whole : kind !== END;
      slot = { spot, kind, sink: isNoted ? spot.sink : null, edges: [] };
      while (spot.slots.length < KINDS) spot.slots.push(undefined);
      spot.slots[kind] = slot;
    }
    return slot;
  }

  #enter(text: string): Edge<T> | null {
    const at = skipSpace(text, 0);
    const code = text.charCodeAt(at);
    return code === OPEN || code === OPEN_LIST ? this.#open(text, 0, at, this.#root, []) : null;
  }

  /** Reads on after a value, up to the next one. */
  #follow(text: string, from: number, spot: OwnSpot<T>, kind: number): Edge<T> | null {
    return this.#after(text, from, kind === Kind.String ? from + 1 : from, spot, []);
  }

  /** The edge from `from` to the next value, where one at a spot has ended before `at`. */
  #after(text: string, from: number, at: number, spot: OwnSpot<T>, marks: Mark<T>[]): Edge<T> | null {
    let ended = spot;
    let next = at;
    for (;;) {
      const container = ended.parent;
      if (container === null) return this.#edge(text, from, next, this.#slot(this.#root, END), marks);
      next = skipSpace(text, next);
      while (text.charCodeAt(next) === COMMA) next = skipSpace(text, next + 1);
      if (text.charCodeAt(next) !== (ended.key === null ? CLOSE_LIST : CLOSE))
        return this.#member(text, from, next, container, ended.key === null, marks);
      next++;
      if (container.whole) marks.push({ at: next - from, sink: null });
      ended = container;
    }
  }

  /** The edge to the value of a member, or to an element, that begins at `at`. */
  #member(
    text: string,
    from: number,
    at: number,
    container: OwnSpot<T>,
    isList: boolean,
    marks: Mark<T>[],
  ): Edge<T> | null {
    if (isList) {
      container.elements ??= this.#spot(container, null, true);
      return this.#open(text, from, at, container.elements, marks);
    }
    if (text.charCodeAt(at) !== QUOTE) return null;
    const end = stringEnd(text, at);
    const key = readKey(text.slice(at, end + 1));
    const colon = skipSpace(text, end + 1);
    if (key === null || text.charCodeAt(colon) !== COLON) return null;
    let child = container.children.get(key);
    if (child === undefined) {
      child = this.#spot(container, key, false);
      container.children.set(key, child);
    }
    return this.#open(text, from, skipSpace(text, colon + 1), child, marks);
  }

  /** The edge to the value at a spot, or to the first in it, or behind it where it is empty. */
  #open(text: string, from: number, at: number, spot: OwnSpot<T>, marks: Mark<T>[]): Edge<T> | null {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return this.#edge(text, from, at + 1, this.#slot(spot, Kind.String), marks);
    if (code === OPEN || code === OPEN_LIST) {
      // Arrays are of many lengths.
      if (spot.isWild || (code === OPEN_LIST && !spot.enters))
        return this.#edge(text, from, at, this.#slot(spot, Kind.Nested), marks);
      if (spot.depth >= MAX_DEPTH) return null;
      if (spot.whole) marks.push({ at: at - from, sink: spot.sink });
      let next = skipSpace(text, at + 1);
      while (text.charCodeAt(next) === COMMA) next = skipSpace(text, next + 1);
      if (text.charCodeAt(next) !== (code === OPEN ? CLOSE : CLOSE_LIST))
        return this.#member(text, from, next, spot, code === OPEN_LIST, marks);
      if (spot.whole) marks.push({ at: next + 1 - from, sink: null });
      return this.#after(text, from, next + 1, spot, marks);
    }
    return isBare(code) ? this.#edge(text, from, at, this.#slot(spot, Kind.Bare), marks) : null;
  }

  #edge(text: string, from: number, to: number, slot: Slot<T>, marks: Mark<T>[]): Edge<T> | null {
    if (to - from > MAX_EDGE) return null;
    // Cut out of the text without keeping all of it.
    const own = JSON.parse(JSON.stringify(text.slice(from, to))) as string;
    return { text: own, to: slot, marks: marks.length === 0 ? null : marks, steps: 0, run: null };
  }
}
