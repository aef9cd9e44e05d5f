// Trimming by a set of characters, for trim, ltrim and rtrim.
import { textOf } from '../runtime/multivalue.js';
import type { FieldValue } from '../runtime/value.js';

/** Removes characters of the set (default: blanks and tabs) from the chosen sides. */
export function trimSet(
  text: string,
  characters: FieldValue | undefined,
  left: boolean,
  right: boolean,
): string {
  const set = textOf(characters) ?? ' \t';
  let start = 0;
  let end = text.length;
  if (left) while (start < end && set.includes(text[start] as string)) start++;
  if (right) while (end > start && set.includes(text[end - 1] as string)) end--;
  return text.slice(start, end);
}
