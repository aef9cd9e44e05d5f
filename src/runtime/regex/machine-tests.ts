// What the backtracking matcher asks of a text at a place, and how it forgets choices.
import { has, otherCase } from './charset.js';
import { assertionKinds, wordSet } from './program.js';

/** Whether a unit is the first half of a pair. */
export function isHigh(c: number): boolean {
  return c >= 0xd800 && c <= 0xdbff;
}

/** Whether two units at a place are one character. */
export function isPair(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  if (c < 0xd800 || c > 0xdbff) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}

/** The code point at a place. */
export function codeAt(text: string, at: number): number {
  const c = text.charCodeAt(at);
  return c >= 0xd800 && c <= 0xdbff ? (text.codePointAt(at) as number) : c;
}

function isWordAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && has(wordSet, text.charCodeAt(at));
}

/** Whether an assertion, by its index in assertionKinds, holds at a place. */
export function holds(text: string, at: number, kind: number, searchStart: number): boolean {
  switch (assertionKinds[kind]) {
    case 'start':
      return at === 0;
    case 'end':
      return at === text.length;
    case 'end-or-newline':
      return at === text.length || (at === text.length - 1 && text.charCodeAt(at) === 10);
    case 'line-start':
      return at === 0 || (text.charCodeAt(at - 1) === 10 && at < text.length);
    case 'line-end':
      return at === text.length || text.charCodeAt(at) === 10;
    case 'word-boundary':
      return isWordAt(text, at - 1) !== isWordAt(text, at);
    case 'not-word-boundary':
      return isWordAt(text, at - 1) === isWordAt(text, at);
    default:
      return at === searchStart;
  }
}

/** End of what a reference matches at a place, or -1; a reference to an unset group fails. */
export function matchReference(
  text: string,
  at: number,
  groups: readonly number[],
  registers: Int32Array,
  caseless: boolean,
): number {
  for (const group of groups) {
    const start = registers[group * 2] as number;
    const end = registers[group * 2 + 1] as number;
    if (end < 0) continue;
    const length = end - start;
    if (at + length > text.length) return -1;
    for (let i = 0; i < length; i++) {
      const a = text.charCodeAt(start + i);
      const b = text.charCodeAt(at + i);
      if (a !== b && !(caseless && otherCase(a) === b)) return -1;
    }
    return at + length;
  }
  return -1;
}

/** A frame of the stack that undoes a register: this, the register, its old value. */
export const frameRestore = -1;

/** Drops the choices above `mark` but keeps what undoes registers. */
export function keepRestores(stack: Int32Array, mark: number, height: number): number {
  let to = mark;
  for (let i = mark; i < height; i += 3) {
    // a greedy frame is the second of two; its first holds a target, never frameRestore
    if (stack[i] !== frameRestore) continue;
    stack[to] = frameRestore;
    stack[to + 1] = stack[i + 1] as number;
    stack[to + 2] = stack[i + 2] as number;
    to += 3;
  }
  return to;
}
