// Multivalues: reading a field value as a list and turning lists back into field values.
import { formatScalar } from './number.js';
import type { FieldValue, Scalar } from './value.js';

const none: readonly Scalar[] = Object.freeze([]);

/** The values of a field as a list; a bare scalar is a list of one, null none. Not to be changed in place. */
export function valuesOf(value: FieldValue | undefined): readonly Scalar[] {
  if (value === null || value === undefined) return none;
  if (typeof value === 'object') return value;
  return [typeof value === 'boolean' ? formatScalar(value) : value];
}

/** Makes a field value of a list: null for none, the scalar for one. Keeps the array itself. */
export function fromValues(values: Scalar[]): FieldValue {
  if (values.length > 1) return values;
  return values.length === 1 ? (values[0] as Scalar) : null;
}

/** The text of a single value, or of a multivalue's values joined by a newline as Splunk shows them; null for null. */
export function textOf(value: FieldValue | undefined): string | null {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return value.map(formatScalar).join('\n');
  return formatScalar(value);
}

/** Applies a text function to each value of a field. */
export function mapText(value: FieldValue | undefined, apply: (text: string) => FieldValue): FieldValue {
  if (typeof value === 'string') return apply(value);
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return apply(formatScalar(value));
  const out: Scalar[] = [];
  for (const item of value) pushValue(out, apply(formatScalar(item)));
  return fromValues(out);
}

/** Appends the values of a field to a list. */
export function pushValue(list: Scalar[], value: FieldValue | undefined): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'object') for (const item of value) list.push(item);
  else list.push(typeof value === 'boolean' ? formatScalar(value) : value);
}

/** Whether any value of a field satisfies a test of its text. */
export function anyText(value: FieldValue | undefined, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value);
  if (value === null || value === undefined) return false;
  if (typeof value !== 'object') return test(formatScalar(value));
  for (const item of value) if (test(typeof item === 'string' ? item : formatScalar(item))) return true;
  return false;
}
