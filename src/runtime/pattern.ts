// Text patterns: the wildcards of search, and the terms of raw text.

/** A test of one text. */
export type TextTest = (text: string) => boolean;

/** Text as the source of a regular expression that finds just that. */
export const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Splits a pattern at its wildcards; asterisks at the offsets of `literalStars` stand for themselves. */
function pieces(pattern: string, literalStars: readonly number[] = []): string[] {
  const out = [''];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    if (char === '*' && !literalStars.includes(i)) out.push('');
    else out[out.length - 1] += char;
  }
  return out;
}

/**
 * Tests text against a pattern in which `*` stands for any text, whole and without case unless told otherwise
 * (Search Manual, Wildcards).
 */
export function wildcard(pattern: string, caseSensitive = false, literalStars?: readonly number[]): TextTest {
  const parts = pieces(pattern, literalStars);
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) {
    if (caseSensitive) return (text) => text === first;
    const lower = first.toLowerCase();
    const length = first.length;
    // Only text of other length than its lower case (a few letters outside ASCII) needs the slow comparison.
    if (lower.length !== length) return (text) => text.toLowerCase() === lower;
    return (text) => text === first || (text.length === length && text.toLowerCase() === lower);
  }
  if (parts.every((part) => part === '')) return () => true;
  const inner = parts.slice(1, -1).filter((part) => part !== '');
  if (caseSensitive && inner.length === 0) {
    const least = first.length + last.length;
    return (text) => text.length >= least && text.startsWith(first) && text.endsWith(last);
  }
  if (inner.length === 1 && first === '' && last === '') {
    const middle = inner[0] as string;
    if (caseSensitive) return (text) => text.includes(middle);
    const contains = new RegExp(escapeRegex(middle), 'i');
    return (text) => contains.test(text);
  }
  const flags = caseSensitive ? '' : 'i';
  const least = parts.reduce((sum, part) => sum + part.length, 0);
  if (inner.length === 0 && last === '') {
    const start = new RegExp(`^${escapeRegex(first)}`, flags);
    return (text) => start.test(text);
  }
  if (inner.length === 0 && first === '') {
    const lower = last.toLowerCase();
    if (lower.length === last.length)
      return (text) => text.length >= least && text.slice(-lower.length).toLowerCase() === lower;
  }
  return segments(parts, caseSensitive);
}

/** Matches piece by piece from the left, in time linear in the text: a pattern of many stars cannot backtrack. */
function segments(parts: readonly string[], caseSensitive: boolean): TextTest {
  const fold = caseSensitive ? (text: string) => text : (text: string) => text.toLowerCase();
  const folded = parts.map(fold);
  const first = folded[0] as string;
  const last = folded.at(-1) as string;
  const inner = folded.slice(1, -1).filter((part) => part !== '');
  return (text) => {
    const subject = fold(text);
    if (!subject.startsWith(first) || !subject.endsWith(last)) return false;
    let from = first.length;
    const end = subject.length - last.length;
    if (from > end) return false;
    for (const part of inner) {
      const at = subject.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
      if (from > end) return false;
    }
    return true;
  };
}

/** Tests field names against a list of names with wildcards, case-sensitively; remembers its answers. */
export function nameFilter(patterns: readonly string[]): TextTest {
  const names = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const tests = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => wildcard(pattern, true));
  const memory = new Map<string, boolean>();
  return (name) => {
    let known = memory.get(name);
    if (known === undefined) {
      known = names.has(name) || tests.some((test) => test(name));
      if (memory.size < 10_000) memory.set(name, known);
    }
    return known;
  };
}

/**
 * Tests which fields a list of names with wildcards removes: internal fields, those beginning with `_`, stay unless they
 * are named or a wildcard begins with `_` too (Search Reference, fields, Internal fields).
 */
export function removalFilter(patterns: readonly string[]): TextTest {
  const matches = nameFilter(patterns);
  const internal = nameFilter(patterns.filter((pattern) => pattern.startsWith('_')));
  return (name) => (name.startsWith('_') ? internal(name) : matches(name));
}

/** Tests field names against lists of which every one must keep, or must not remove, the name. */
export function visibleFields(
  steps: readonly { readonly mode: string; readonly patterns: readonly string[] }[],
): TextTest {
  const filters = steps.map(({ mode, patterns }) =>
    mode === 'keep'
      ? { keep: true, matches: nameFilter(patterns) }
      : { keep: false, matches: removalFilter(patterns) },
  );
  return (name) => filters.every((filter) => filter.matches(name) === filter.keep);
}

/** What the wildcards of a pattern stand for in a name, or null when it does not match. */
export function wildcardParts(pattern: string, name: string): string[] | null {
  const parts = pieces(pattern);
  const first = parts[0] as string;
  if (parts.length === 1) return name === first ? [] : null;
  // Each takes as much as it can, the first before the others: seen from the end, every part stands as late as it can.
  const found: string[] = [];
  let end = name.length;
  for (let index = parts.length - 1; index > 0; index--) {
    const part = parts[index] as string;
    const latest = end - part.length;
    const isLast = index === parts.length - 1;
    const at =
      latest < 0 ? -1 : isLast ? (name.endsWith(part) ? latest : -1) : name.lastIndexOf(part, latest);
    if (at < 0) return null;
    if (!isLast) found.unshift(name.slice(at + part.length, end));
    end = at;
  }
  if (end < first.length || !name.startsWith(first)) return null;
  found.unshift(name.slice(first.length, end));
  return found;
}

/** Puts texts in the places of a pattern's wildcards, one after the other. */
export function fillWildcards(pattern: string, parts: readonly string[]): string {
  let index = 0;
  return pattern.replaceAll('*', () => parts[index++] ?? '');
}

/** Major and minor breakers of the default segmentation: what may stand beside a term (segmenters.conf). */
const breakers = '\\s\\[\\]<>(){}|!;,\'"*&?+/:=@.$#%\\\\_\\-';

/** Major breakers: what bounds the terms of TERM(…). */
const majorBreakers = '\\s\\[\\]<>(){}|!;,\'"*&?+';

/**
 * Tests raw text for TERM(…): a whole indexed term, so one with minor breakers in it must stand between major ones
 * (Search Manual, Use CASE() and TERM() to match phrases): TERM(127.0.0.1) is not in `ip=127.0.0.1`.
 */
export function wholeTerm(text: string): TextTest {
  if (!/[/:=@.$#%\\_-]/.test(text)) return term(text);
  const bodies = pieces(text).map(escapeRegex);
  return inOneRun(bodies, `(?<![^${majorBreakers}])`, `(?![^${majorBreakers}])`, 'i');
}

/** Finds what stands behind a text in the terms between major breakers that begin with it, in lower case. */
export function termRests(prefix: string): (text: string) => string[] {
  const pattern = new RegExp(`(?<![^${majorBreakers}])${escapeRegex(prefix)}([^${majorBreakers}]+)`, 'gi');
  return (text) => Array.from(text.matchAll(pattern), (match) => (match[1] as string).toLowerCase());
}

/**
 * Tests raw text for a term: bounded by breakers or the ends of the text, except where a wildcard stands
 * (Search Manual, How search works).
 */
export function term(text: string, caseSensitive = false, literalStars?: readonly number[]): TextTest {
  const parts = pieces(text, literalStars);
  const inner = parts.filter((part) => part !== '');
  if (inner.length === 0) return () => true;
  const flags = caseSensitive ? '' : 'i';
  const first = parts[0] as string;
  const last = parts.at(-1) as string;
  const isBreaker = new RegExp(`^[${breakers}]$`);
  const before = first !== '' && !isBreaker.test(first[0] as string) ? `(?<![^${breakers}])` : '';
  const after = last !== '' && !isBreaker.test(last.at(-1) as string) ? `(?![^${breakers}])` : '';
  return inOneRun(inner.map(escapeRegex), before, after, flags);
}

/**
 * Tests whether parts follow each other with nothing but one run of text without blanks between two of them, which is
 * what a wildcard inside a term stands for. Linear in the text: a regex of several wildcards would try every way to
 * share a run between them.
 */
function inOneRun(bodies: readonly string[], before: string, after: string, flags: string): TextTest {
  const last = bodies.length - 1;
  const source = (index: number): string =>
    (index === 0 ? before : '') + (bodies[index] as string) + (index === last ? after : '');
  if (last === 0) {
    const regex = new RegExp(source(0), flags);
    return (text) => regex.test(text);
  }
  const regexes = bodies.map((_, index) => new RegExp(source(index), `g${flags}`));
  const blank = /\s/g;
  return (text) => {
    // Places are asked for from left to right, so the last answer of each regex holds until it is passed.
    const places = regexes.map(() => ({ at: -1, end: -1 }));
    const find = (index: number, from: number): { readonly at: number; readonly end: number } => {
      const place = places[index] as { at: number; end: number };
      if (place.at >= from) return place;
      const regex = regexes[index] as RegExp;
      regex.lastIndex = from;
      const match = regex.exec(text);
      place.at = match?.index ?? Number.POSITIVE_INFINITY;
      place.end = match === null ? Number.POSITIVE_INFINITY : match.index + match[0].length;
      return place;
    };
    let nextBlank = -1;
    const blankFrom = (from: number): number => {
      if (nextBlank >= from) return nextBlank;
      blank.lastIndex = from;
      nextBlank = blank.exec(text)?.index ?? text.length;
      return nextBlank;
    };
    let start = 0;
    for (;;) {
      const first = find(0, start);
      if (first.at === Number.POSITIVE_INFINITY) return false;
      let { end } = first;
      // A later beginning whose end lies in the same run leaves the other parts less room.
      const run = blankFrom(end);
      let index = 1;
      for (; index <= last; index++) {
        const limit = blankFrom(end);
        const next = find(index, end);
        if (next.at > limit) break;
        end = next.end;
      }
      if (index > last) return true;
      start = Math.max(first.at + 1, run + 1 - (first.end - first.at));
    }
  };
}
