// How near a value of the data is to what a clause asked for, between 0 and 1.

const longest = 200;

/**
 * Compares without case and without the wildcards of `wanted`: 1 for equal texts, at least 0.6 when one holds the other,
 * else the share of letters that an edit would keep. Texts beyond 200 characters are compared by their beginnings.
 */
export function closeness(value: string, wanted: string): number {
  const a = value.toLowerCase().slice(0, longest);
  const b = wanted.replace(/\*/g, '').toLowerCase().slice(0, longest);
  if (a === b) return 1;
  if (a === '' || b === '') return 0;
  if (b.length >= 3 && a.includes(b)) return 0.6 + (0.4 * b.length) / a.length;
  if (a.length >= 3 && b.includes(a)) return 0.6 + (0.4 * a.length) / b.length;
  return 1 - editDistance(a, b) / Math.max(a.length, b.length);
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(change, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
