// Sets of characters for regexes: ranges of code points, with a table for the first 256.

/** Sorted, disjoint, inclusive ranges, flat: [from, to, from, to, …]. */
export type Ranges = readonly number[];

export const maxCodePoint = 0x10ffff;

export const digitRanges: Ranges = [48, 57];
export const wordRanges: Ranges = [48, 57, 65, 90, 95, 95, 97, 122];
/** PCRE's \s: blank, tab, newline, vertical tab, form feed, carriage return. */
export const spaceRanges: Ranges = [9, 13, 32, 32];
export const horizontalRanges: Ranges = [
  9, 9, 32, 32, 0xa0, 0xa0, 0x1680, 0x1680, 0x180e, 0x180e, 0x2000, 0x200a, 0x202f, 0x202f, 0x205f, 0x205f,
  0x3000, 0x3000,
];
export const verticalRanges: Ranges = [10, 13, 0x85, 0x85, 0x2028, 0x2029];

export const posixRanges: ReadonlyMap<string, Ranges> = new Map<string, Ranges>([
  ['alpha', [65, 90, 97, 122]],
  ['digit', digitRanges],
  ['alnum', [48, 57, 65, 90, 97, 122]],
  ['upper', [65, 90]],
  ['lower', [97, 122]],
  ['space', spaceRanges],
  ['blank', [9, 9, 32, 32]],
  ['punct', [33, 47, 58, 64, 91, 96, 123, 126]],
  ['print', [32, 126]],
  ['graph', [33, 126]],
  ['cntrl', [0, 31, 127, 127]],
  ['xdigit', [48, 57, 65, 70, 97, 102]],
  ['word', wordRanges],
  ['ascii', [0, 127]],
]);

/** Sorts and joins ranges. */
export function normalize(ranges: readonly number[]): Ranges {
  const pairs: [number, number][] = [];
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i] as number, ranges[i + 1] as number]);
  pairs.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [from, to] of pairs) {
    const last = out.length - 1;
    if (last > 0 && from <= (out[last] as number) + 1) out[last] = Math.max(out[last] as number, to);
    else out.push(from, to);
  }
  return out;
}

/** Everything that is not in normalized ranges. */
export function complement(ranges: Ranges): Ranges {
  const out: number[] = [];
  let next = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    if ((ranges[i] as number) > next) out.push(next, (ranges[i] as number) - 1);
    next = (ranges[i + 1] as number) + 1;
  }
  if (next <= maxCodePoint) out.push(next, maxCodePoint);
  return out;
}

/** Whether two normalized sets share a character. */
export function intersects(a: Ranges, b: Ranges): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if ((a[i + 1] as number) < (b[j] as number)) i += 2;
    else if ((b[j + 1] as number) < (a[i] as number)) j += 2;
    else return true;
  }
  return false;
}

/** Adds the other case of the letters in ranges (one-to-one mappings only); very long ranges above ASCII are left as they are. */
export function foldRanges(ranges: Ranges): Ranges {
  const out: number[] = [...ranges];
  for (let i = 0; i < ranges.length; i += 2) {
    const from = ranges[i] as number;
    const to = Math.min(ranges[i + 1] as number, from + 1500);
    for (let code = from; code <= to; code++) {
      const other = otherCase(code);
      if (other !== code) out.push(other, other);
    }
  }
  return normalize(out);
}

/** The other case of a letter where it is one character, else the character itself. */
export function otherCase(code: number): number {
  if (code < 128) {
    if (code >= 65 && code <= 90) return code + 32;
    if (code >= 97 && code <= 122) return code - 32;
    return code;
  }
  const text = String.fromCodePoint(code);
  const lower = text.toLowerCase();
  if (lower !== text) return lower.length === text.length ? (lower.codePointAt(0) as number) : code;
  const upper = text.toUpperCase();
  return upper.length === text.length ? (upper.codePointAt(0) as number) : code;
}

/** A set ready for tests. */
export interface CharSet {
  readonly table: Uint8Array;
  readonly ranges: Ranges;
  /** For Unicode properties: a pattern that one character must match as well as an alternative to `ranges`. */
  readonly property?: RegExp;
  readonly negate: boolean;
}

/** Builds a set; `property` adds characters beyond the ranges, and `negate` turns the whole around. */
export function charSet(ranges: Ranges, property?: RegExp, negate = false): CharSet {
  const table = new Uint8Array(256);
  const set = { table, ranges, negate, ...(property === undefined ? {} : { property }) };
  for (let code = 0; code < 256; code++) table[code] = slowHas(set, code) ? 1 : 0;
  return set;
}

/** Whether a set has a code point. */
export function has(set: CharSet, code: number): boolean {
  return code < 256 ? set.table[code] === 1 : slowHas(set, code);
}

function slowHas(set: CharSet, code: number): boolean {
  let inside = false;
  const ranges = set.ranges;
  for (let i = 0; i < ranges.length; i += 2) {
    if (code < (ranges[i] as number)) break;
    if (code <= (ranges[i + 1] as number)) {
      inside = true;
      break;
    }
  }
  if (!inside && set.property !== undefined) inside = set.property.test(String.fromCodePoint(code));
  return inside !== set.negate;
}
