// Wildcard comparison as the search command does it: `*` is any text, case does not count.

/**
 * Whether a value matches a search pattern. `literalStars` are the offsets of asterisks that stand for themselves.
 * Linear in the lengths of both for patterns of one star, and never worse than their product.
 */
export function matchesPattern(pattern: string, literalStars: readonly number[], value: string): boolean {
  const text = value.toLowerCase();
  const lower = pattern.toLowerCase();
  const pieces: string[] = [];
  let from = 0;
  for (let at = lower.indexOf('*'); at !== -1; at = lower.indexOf('*', at + 1)) {
    if (literalStars.includes(at)) continue;
    pieces.push(lower.slice(from, at));
    from = at + 1;
  }
  pieces.push(lower.slice(from));
  const first = pieces[0] as string;
  if (pieces.length === 1) return text === first;
  const last = pieces[pieces.length - 1] as string;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
