// Patterns of LIKE: `%` and `_`. None backtracks more than linearly per character.

import type { TextTest } from './pattern.js';

/** Tests whether a text is the segments in order with anything between them. */
function segmentTest(parts: readonly string[]): TextTest {
  const first = parts[0] as string;
  if (parts.length === 1) return (text) => text === first;
  const last = parts[parts.length - 1] as string;
  const middle = parts.slice(1, -1).filter((text) => text !== '');
  const shortest = first.length + last.length;
  if (middle.length === 0) {
    if (last === '') return first === '' ? () => true : (text) => text.startsWith(first);
    if (first === '') return (text) => text.endsWith(last);
    return (text) => text.length >= shortest && text.startsWith(first) && text.endsWith(last);
  }
  if (middle.length === 1 && shortest === 0) {
    const only = middle[0] as string;
    return (text) => text.includes(only);
  }
  return (text) => {
    if (text.length < shortest || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const segment of middle) {
      const found = text.indexOf(segment, at);
      if (found < 0) return false;
      at = found + segment.length;
    }
    return at <= text.length - last.length;
  };
}

const likes = new Map<string, TextTest>();

/**
 * Compiles a LIKE pattern: `%` any text, `_` one character, everything else itself, case matters, the whole text must
 * match (Comparison and Conditional functions, like). Compiled patterns are kept.
 */
export function compileLike(pattern: string): TextTest {
  let test = likes.get(pattern);
  if (test === undefined) {
    test = pattern.includes('_') ? underscoreTest(pattern) : segmentTest(pattern.split('%'));
    if (likes.size >= 2000) likes.clear();
    likes.set(pattern, test);
  }
  return test;
}

function underscoreTest(pattern: string): TextTest {
  const units = Array.from(pattern);
  return (text) => {
    const characters = Array.from(text);
    let p = 0;
    let c = 0;
    let star = -1;
    let resume = 0;
    while (c < characters.length) {
      if (p < units.length && units[p] === '%') {
        star = p++;
        resume = c;
      } else if (p < units.length && (units[p] === '_' || units[p] === characters[c])) {
        p++;
        c++;
      } else if (star >= 0) {
        p = star + 1;
        c = ++resume;
      } else return false;
    }
    while (p < units.length && units[p] === '%') p++;
    return p === units.length;
  };
}
