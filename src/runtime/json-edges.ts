// What a JSON layout knows: places, values at them, and what stands between two values.

import { escapeRegex } from './pattern.js';

/** What a noted value is. */
export enum Kind {
  /** The offsets are those of the text between the quotes. */
  String,
  /** A number, true, false, null, or whatever else stands there. */
  Bare,
  Nested,
}
/** The end of the record. */
export const END = 3;

/** The beginning of one. */
export const START = 4;

/** A place in the records: the root, a member, or the elements of an array. */
export class Spot<T> {
  readonly parent: Spot<T> | null;
  /** The member's key; null for the elements of an array, and for the root. */
  readonly key: string | null;
  /** Keys joined by dots, `{}` for each array. */
  readonly path: string;
  readonly depth: number;
  readonly inArray: boolean;
  /** What is noted of a leaf here; null where nothing is. */
  sink: T | null = null;
  /** An object or array here is noted as a whole, too. */
  whole = false;
  /** Something below may be noted. */
  enters = false;
  readonly children = new Map<string, Spot<T>>();
  elements: Spot<T> | null = null;
  /** Its members are ever new: what is here is skipped. */
  isWild = false;
  readonly slots: (Slot<T> | null)[] = [null, null, null, null];

  constructor(parent: Spot<T> | null, key: string | null) {
    const above = parent === null || parent.path === '' ? '' : `${parent.path}.`;
    const isElement = parent !== null && key === null;
    this.parent = parent;
    this.key = key;
    this.path = parent === null ? '' : isElement ? `${parent.path}{}` : `${above}${key}`;
    this.depth = parent === null ? 0 : parent.depth + 1;
    this.inArray = isElement || parent?.inArray === true;
  }
}

/** A value of one kind at a spot. All are of one class with members of one kind: they are what is looked at most. */
export class Slot<T> {
  readonly spot: Spot<T>;
  readonly kind: number;
  readonly sink: T | null;
  readonly inArray: boolean;
  /** What may follow it, the likeliest first. */
  readonly edges: Edge<T>[] = [];

  constructor(spot: Spot<T>, kind: number) {
    this.spot = spot;
    this.kind = kind;
    this.sink = kind === START || kind === END || (kind === Kind.Nested && !spot.whole) ? null : spot.sink;
    this.inArray = spot.inArray;
  }
}

/** An edge and the likeliest ones after it, with the values between them, as one regular expression. */
export interface Run<T> {
  readonly regex: RegExp;
  readonly to: Slot<T>;
  readonly names: readonly string[];
  passed: number;
  failed: number;
}

/** What stands between two values. */
export class Edge<T> {
  readonly text: string;
  readonly to: Slot<T>;
  readonly marks: readonly Mark<T>[] | null;
  /** The keys of the record's own members that it has. */
  readonly names: readonly string[];
  /** How often it was taken by itself since it was made, or its run was found to fail. */
  steps = 0;
  /** The edge with what mostly follows. */
  run: Run<T> | null = null;

  constructor(text: string, to: Slot<T>, marks: readonly Mark<T>[] | null, names: readonly string[]) {
    this.text = text;
    this.to = to;
    this.marks = marks;
    this.names = names;
  }
}

/** Which of the record's own members were met, in order: records with the same ones share it. */
export class Shape {
  /** How many names there are at most; the memory that it takes once they are asked for. */
  readonly size: number;
  /** A record has ended with it. */
  isLast = false;
  readonly #before: Shape | null;
  readonly #own: readonly string[];
  #names: ReadonlySet<string> | null = null;
  readonly #known = new Map<object, unknown>();
  readonly #next = new Map<object, Shape>();
  #lastStep: object | null = null;
  #last: Shape = this;

  constructor(own: readonly string[], before: Shape | null = null) {
    this.#own = own;
    this.#before = before;
    this.size = own.length + (before?.size ?? 0);
  }

  /** Put together when they are asked for: a record has a shape behind each of its values. */
  get names(): ReadonlySet<string> {
    if (this.#names === null) {
      const steps: (readonly string[])[] = [];
      for (let shape: Shape | null = this; shape !== null; shape = shape.#before) steps.push(shape.#own);
      this.#names = new Set(steps.reverse().flat());
    }
    return this.#names;
  }

  /** The shape after one more step; `made` is told where it is new. */
  after(step: { readonly names: readonly string[] }, made: (shape: Shape) => void): Shape {
    if (this.#lastStep === step) return this.#last;
    let next = step.names.length === 0 ? this : this.#next.get(step);
    if (next === undefined) {
      next = new Shape(step.names, this);
      this.#next.set(step, next);
      made(next);
    }
    this.#lastStep = step;
    this.#last = next;
    return next;
  }

  /** What a function finds out of the names, which it is asked once for. */
  known<T>(find: (names: ReadonlySet<string>) => T): T {
    if (!this.#known.has(find)) this.#known.set(find, find(this.names));
    return this.#known.get(find) as T;
  }
}

/** Where a noted object or array begins or ends, in an edge's text. */
export interface Mark<T> {
  readonly at: number;
  readonly sink: T | null;
}

/** Edges of one run. */
const MAX_RUN = 64;
const STRING = '[^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*';
const BARE_START = '[^\\0-\\x20,}\\]:"{[]';
/** An object or array whose insides are of no interest; strings in it may hold brackets. */
function nested(depth: number): string {
  const inner = depth === 0 ? `"${STRING}"` : `(?:"${STRING}"|${nested(depth - 1)})`;
  return `[\\[{][^"[\\]{}]*(?:${inner}[^"[\\]{}]*)*[\\]}]`;
}
/** Values of each kind. */
const VALUES = [STRING, `${BARE_START}+`, nested(2)];

/** The rest of a number, or of whatever else stands there, and what begins an object or array if it goes on so. */
export const bareRest = /[^\0-\x20,}\]:"{[]*[{[]?/y;

/** Characters that JSON is put together with. */
export const [QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [
  0x22, 0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d,
] as const;

/** Whether a character begins an object or array. */
export function isOpening(code: number): boolean {
  return code === OPEN || code === OPEN_LIST;
}

/** Whether a character begins a number, a word or what else is no string, object or array. */
export function isBare(code: number): boolean {
  if (code <= 0x20 || code === COMMA || code === COLON || code === QUOTE) return false;
  if (isOpening(code) || code === CLOSE || code === CLOSE_LIST) return false;
  // Behind the end of the text stands no character.
  return !Number.isNaN(code);
}

/** Whether an edge and a value that it leads to stand at an offset. */
export function fits<T>({ text: literal, to }: Edge<T>, text: string, at: number): boolean {
  if (!text.startsWith(literal, at)) return false;
  if (to.kind === Kind.String || to.kind === END) return true;
  const code = text.charCodeAt(at + literal.length);
  // The literal may go on: a string, for one, has a quote here.
  return to.kind === Kind.Bare ? isBare(code) : isOpening(code);
}

/** Makes the run of an edge, to the next value that is noted or as far as is known; null where it is the edge alone. */
export function runFrom<T>(slot: Slot<T>, edge: Edge<T>): Run<T> | null {
  // Behind an array it is looked whether more is to come.
  const leavesArray = slot.sink !== null && slot.inArray && !edge.to.inArray;
  if (edge.marks !== null || leavesArray) return null;
  let source = escapeRegex(edge.text);
  const names = [...edge.names];
  let { to } = edge;
  let length = 1;
  while (length < MAX_RUN && to.kind !== END && to.sink === null) {
    const next = to.edges[0];
    if (next === undefined || next.marks !== null) break;
    source += VALUES[to.kind] + escapeRegex(next.text);
    names.push(...next.names);
    to = next.to;
    length++;
  }
  if (length === 1) return null;
  const begins = to.kind === Kind.Bare ? `(?=${BARE_START})` : to.kind === Kind.Nested ? '(?=[{[])' : '';
  return { regex: new RegExp(source + begins, 'y'), to, names, passed: 0, failed: 0 };
}

export function readKey(written: string): string | null {
  try {
    const key: unknown = JSON.parse(written);
    return typeof key === 'string' ? key : null;
  } catch {
    return null;
  }
}
