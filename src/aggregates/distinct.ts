// The set of distinct values that dc, estdc and values keep.
import { formatNumber } from '../runtime/number.js';
import { ownText } from '../runtime/own-text.js';
import type { FieldValue } from '../runtime/value.js';

/** Adds the texts of another set. */
export function mergeDistinct(set: Set<string>, other: ReadonlySet<string>): Set<string> {
  for (const text of other) set.add(text);
  return set;
}

/** Adds the values of a field to a set of texts. */
export function addDistinct(set: Set<string>, value: FieldValue): Set<string> {
  if (typeof value === 'string') return set.has(value) ? set : set.add(ownText(value));
  if (typeof value === 'number') return set.add(formatNumber(value));
  if (typeof value === 'object' && value !== null) {
    for (const item of value) addDistinct(set, item);
  } else if (value === true) set.add('True');
  return set;
}
