// What a JSON layout knows: places, values at them, and what stands between two values.

import { escapeRegex } from './pattern.js';

/** A place in the records: the root, a member, or the elements of an array. */
export interface Spot<T> {
  readonly parent: Spot<T> | null;
  /** The member's key; null for the elements of an array, and for the root. */
  readonly key: string | null;
  /** Keys joined by dots, `{}` for each array. */
  readonly path: string;
  readonly depth: number;
  readonly inArray: boolean;
  /** What is noted of a leaf here; null where nothing is. */
  readonly sink: T | null;
  /** An object or array here is noted as a whole, too. */
  readonly whole: boolean;
  /** Something below may be noted. */
  readonly enters: boolean;
}

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

/** Kinds of a spot's values. */
export const KINDS = 4;

export interface OwnSpot<T> extends Spot<T> {
  readonly parent: OwnSpot<T> | null;
  readonly children: Map<string, OwnSpot<T>>;
  elements: OwnSpot<T> | null;
  /** Its members are ever new: what is here is skipped. */
  isWild: boolean;
  readonly slots: (Slot<T> | undefined)[];
}

/** A value of one kind at a spot; what may follow it, the likeliest first. */
export interface Slot<T> {
  readonly spot: OwnSpot<T> | null;
  readonly kind: number;
  readonly sink: T | null;
  readonly edges: Edge<T>[];
}

/** An edge and the likeliest ones after it, with the values between them, as one regular expression. */
export interface Run<T> {
  readonly regex: RegExp;
  readonly to: Slot<T>;
  passed: number;
  failed: number;
}

/** What stands between two values. */
export interface Edge<T> {
  readonly text: string;
  readonly to: Slot<T>;
  readonly marks: readonly Mark<T>[] | null;
  /** How often it was taken by itself since it was made, or its run was found to fail. */
  steps: number;
  /** The edge with what mostly follows. */
  run: Run<T> | null;
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
const VALUES = [STRING, `${BARE_START}[^\\0-\\x20,}\\]:"]*`, nested(2)];

/** Characters that JSON is put together with. */
export const [QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [
  0x22, 0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d,
] as const;

/** Whether a character begins a number, a word or what else is no string, object or array. */
export function isBare(code: number): boolean {
  if (code <= 0x20 || code === COMMA || code === COLON || code === QUOTE) return false;
  if (code === OPEN || code === OPEN_LIST || code === CLOSE || code === CLOSE_LIST) return false;
  // Behind the end of the text stands no character.
  return !Number.isNaN(code);
}

/** Whether an edge and a value that it leads to stand at an offset. */
export function fits<T>({ text: literal, to }: Edge<T>, text: string, at: number): boolean {
  if (!text.startsWith(literal, at)) return false;
  if (to.kind === Kind.String || to.kind === END) return true;
  const code = text.charCodeAt(at + literal.length);
  // The literal may go on: a string, for one, has a quote here.
  return to.kind === Kind.Bare ? isBare(code) : code === OPEN || code === OPEN_LIST;
}

/** Makes the run of an edge, to the next value that is noted or as far as is known; null where it is the edge alone. */
export function runFrom<T>(slot: Slot<T>, edge: Edge<T>): Run<T> | null {
  // Behind an array it is looked whether more is to come.
  const leavesArray = slot.sink !== null && slot.spot?.inArray === true && edge.to.spot?.inArray === false;
  if (edge.marks !== null || leavesArray) return null;
  let source = escapeRegex(edge.text);
  let { to } = edge;
  let length = 1;
  while (length < MAX_RUN && to.kind !== END && to.sink === null) {
    const next = to.edges[0];
    if (next === undefined || next.marks !== null) break;
    source += VALUES[to.kind] + escapeRegex(next.text);
    to = next.to;
    length++;
  }
  if (length === 1) return null;
  const begins = to.kind === Kind.Bare ? `(?=${BARE_START})` : to.kind === Kind.Nested ? '(?=[{[])' : '';
  return { regex: new RegExp(source + begins, 'y'), to, passed: 0, failed: 0 };
}

export function readKey(written: string): string | null {
  try {
    const key: unknown = JSON.parse(written);
    return typeof key === 'string' ? key : null;
  } catch {
    return null;
  }
}
