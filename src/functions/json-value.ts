// Field values as JSON, for the functions that build JSON.
import { JsonNumber, type JsonValue, parseJson } from '../runtime/json.js';
import { formatNumber, parseNumber } from '../runtime/number.js';
import type { FieldValue } from '../runtime/value.js';

/**
 * The JSON of a field value: text that is a JSON object or array is taken as such, a multivalue is an array;
 * `numeric` says whether text that reads as a number is one, as for fields.
 */
export function jsonOfValue(value: FieldValue | undefined, numeric: boolean): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return new JsonNumber(Number.isFinite(value) ? formatNumber(value) : 'null');
  if (typeof value === 'object') return value.map((item) => jsonOfValue(item, numeric));
  const first = value.charCodeAt(0);
  if (first === 123 || first === 91) {
    const parsed = parseJson(value);
    if (parsed !== undefined) return parsed;
  }
  if (numeric) {
    const number = parseNumber(value);
    if (!Number.isNaN(number) && formatNumber(number) === value) return new JsonNumber(value);
  }
  return value;
}
