// Finds the word an author probably meant.

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other; `limit + 1` once over it. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let twoAgo: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (twoAgo[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    twoAgo = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/**
 * Returns the candidate nearest to the word, or undefined when none is near: at most 40 % of the letters plus one may be
 * wrong, and never all of them. Case differences count as one edit. Of equally near ones the first by code units wins.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > 200) return undefined;
  const lower = word.toLowerCase();
  let limit = Math.min(Math.floor(word.length * 0.4) + 1, word.length - 1);
  let found: string | undefined;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > limit) continue;
    const lowerCandidate = candidate.toLowerCase();
    const distance = lowerCandidate === lower ? 1 : editDistance(lower, lowerCandidate, limit);
    if (lowerCandidate !== lower && distance > limit) continue;
    if (found === undefined || distance < limit || candidate < found) found = candidate;
    limit = Math.min(limit, distance);
  }
  return found;
}

/** The help text `did you mean "…"?` for the nearest candidate, or undefined when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const found = nearest(word, candidates);
  return found === undefined ? undefined : `did you mean "${found}"?`;
}
