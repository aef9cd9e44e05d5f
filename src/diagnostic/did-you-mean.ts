// Finds the word an author probably meant.

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other; `limit + 1` once over it. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let twoAgo = new Uint32Array(b.length + 1);
  let previous = Uint32Array.from({ length: b.length + 1 }, (_, index) => index);
  let row = new Uint32Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    const unit = a.charCodeAt(i - 1);
    const before = i > 1 ? a.charCodeAt(i - 2) : -1;
    row[0] = i;
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1);
      let cost = previous[j - 1]! + (unit === other ? 0 : 1);
      if (previous[j]! + 1 < cost) cost = previous[j]! + 1;
      if (row[j - 1]! + 1 < cost) cost = row[j - 1]! + 1;
      if (j > 1 && before === other && unit === b.charCodeAt(j - 2) && twoAgo[j - 2]! + 1 < cost) {
        cost = twoAgo[j - 2]! + 1;
      }
      row[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    [twoAgo, previous, row] = [previous, row, twoAgo];
  }
  return previous[b.length]!;
}

/** A bit for each letter or digit that a lower-case word holds; other units share the rest. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function count(bits: number): number {
  let left = bits;
  let found = 0;
  for (; left !== 0; left &= left - 1) found++;
  return found;
}

/** Nobody misspells a name in more places; a bound that keeps the search short among thousands of long names. */
const mostEdits = 8;

/**
 * Returns the candidate nearest to the word, or undefined when none is near: at most 40 % of the letters plus one may be
 * wrong, no more than eight in all, and of three letters one. Case differences count as one edit. Of equally near ones
 * goes first what has the same letters or one more (a swap or a letter left out, the most frequent slips), then what
 * `common` holds, its first names before others, then what begins and ends alike, then the first by code units.
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
  common: readonly string[] = [],
): string | undefined {
  if (word.length === 0 || word.length > 200) return undefined;
  const lower = word.toLowerCase();
  const letters = lettersOf(lower);
  let limit =
    word.length <= 3 ? Math.min(1, word.length - 1) : Math.min(Math.floor(word.length * 0.4) + 1, mostEdits);
  let found: string | undefined;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > limit) continue;
    const lowerCandidate = candidate.toLowerCase();
    // An edit takes at most one letter away and brings at most one in.
    const others = lettersOf(lowerCandidate);
    if (count(letters & ~others) > limit || count(others & ~letters) > limit) continue;
    const distance = lowerCandidate === lower ? 1 : editDistance(lower, lowerCandidate, limit);
    if (lowerCandidate !== lower && distance > limit) continue;
    if (found === undefined || distance < limit || isLikelier(candidate, found, lower, common))
      found = candidate;
    limit = Math.min(limit, distance);
  }
  return found;
}

/** Whether of two words equally near to a third the first is the one that its author more probably meant. */
function isLikelier(candidate: string, other: string, word: string, common: readonly string[]): boolean {
  const rank = (name: string): number => {
    const at = common.indexOf(name);
    return at < 0 ? common.length : at;
  };
  const keys = (name: string): number[] => {
    const lower = name.toLowerCase();
    const ends = (lower[0] === word[0] ? 0 : 2) + (lower.at(-1) === word.at(-1) ? 0 : 1);
    return [isFrequentSlip(lower, word) ? 0 : 1, rank(name), ends];
  };
  const theirs = keys(other);
  for (const [index, own] of keys(candidate).entries())
    if (own !== theirs[index]) return own < theirs[index]!;
  return candidate < other;
}

/** Whether a word holds all letters of a name, or all but one. */
function isFrequentSlip(name: string, word: string): boolean {
  const missing = [...name];
  for (const letter of word) {
    const at = missing.indexOf(letter);
    if (at < 0) return false;
    missing.splice(at, 1);
  }
  return missing.length <= 1;
}

/**
 * Whether a word is so near to a name that it can only be a slip: one letter of three or more is wrong. Names that
 * differ in case, in a number or in marks between words alone are not; they may be meant.
 */
export function isSlip(word: string, name: string | undefined): boolean {
  if (name === undefined || word.length < 3) return false;
  const [a, b] = [word.toLowerCase(), name.toLowerCase()];
  return a.replace(notLetters, '') !== b.replace(notLetters, '') && editDistance(a, b, 1) === 1;
}

/**
 * Whether a word may be a slip for a name by what stands behind the underscores at their beginning, which make a name
 * no nearer: at most 40 % of those letters plus one are wrong, and no more than the shorter of both has to be alike.
 */
export function isLikeWords(word: string, name: string): boolean {
  const [a, b] = [word, name].map((text) => text.toLowerCase().replace(/^_+/, '')) as [string, string];
  const limit = Math.floor(Math.min(a.length, b.length) * 0.4) + 1;
  return a === b || editDistance(a, b, limit) <= Math.min(limit, Math.min(a.length, b.length) - 1);
}

const notLetters = /[^a-z\u0080-\uffff]+/g;

/** The help text `did you mean "…"?` for the nearest candidate, or undefined when none is near. */
export function didYouMean(
  word: string,
  candidates: Iterable<string>,
  common?: readonly string[],
): string | undefined {
  const found = nearest(word, candidates, common);
  return found === undefined ? undefined : `did you mean "${found}"?`;
}

interface KnownName {
  readonly name: string;
  readonly letters: number;
}

/** Many names, in which one that differs from a word by a letter is found without comparing it with each of them. */
export class NamesByLetters {
  readonly #byLength = new Map<number, KnownName[]>();

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const sameLength = this.#byLength.get(name.length);
      const known = { name, letters: lettersOf(name.toLowerCase()) };
      if (sameLength === undefined) this.#byLength.set(name.length, [known]);
      else sameLength.push(known);
    }
  }

  /** What `nearest` gives for a word among these names, if it is one edit away but for the case. */
  near(word: string): string | undefined {
    const letters = lettersOf(word.toLowerCase());
    const close: string[] = [];
    for (let length = word.length - 1; length <= word.length + 1; length++) {
      for (const known of this.#byLength.get(length) ?? [])
        if (count(letters & ~known.letters) <= 1 && count(known.letters & ~letters) <= 1)
          close.push(known.name);
    }
    const found = nearest(word, close);
    if (found === undefined) return undefined;
    return editDistance(word.toLowerCase(), found.toLowerCase(), 1) <= 1 ? found : undefined;
  }
}
