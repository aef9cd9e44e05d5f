// The names under which content appears in Splunk, and the file-name forms of names.

/** Name of the saved search of a detection. */
export const detectionStanza = (label: string, name: string): string => `${label} - ${name} - Rule`;

/** Name of the saved search of a baseline. */
export const baselineStanza = (label: string, name: string): string => `${label} - ${name}`;

/** Name of the saved search of an investigation. */
export const responseTaskStanza = (label: string, name: string): string =>
  `${label} - ${name} - Response Task`;

/** The file-name form of a name: blanks, `-`, `.` and `/` become `_`, all in lower case. */
export const fileForm = (name: string): string => name.replace(/[ \-./]/g, '_').toLowerCase();

/** `2024-12-23` as `20241223`. */
export const compactDate = (date: string): string => date.slice(0, 10).replaceAll('-', '');

/** Orders texts by their code points, as the incumbent's sorts do. */
export function byCodePoint(left: string, right: string): number {
  if (left === right) return 0;
  const end = Math.min(left.length, right.length);
  for (let i = 0; i < end; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a === b) continue;
    // Surrogates stand for code points above every other unit, though their units are lower than U+E000…U+FFFF.
    const high = (unit: number) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
    return high(a) - high(b);
  }
  return left.length - right.length;
}

/** A copy of the texts in code-point order. */
export const sortedTexts = (texts: readonly string[]): string[] => [...texts].sort(byCodePoint);
