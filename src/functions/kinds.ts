// What kind of value a field value is, for the is… functions and typeof.
import { parseJson } from '../runtime/json.js';
import { parseNumber } from '../runtime/number.js';
import type { FieldValue } from '../runtime/value.js';
import type { ArgumentShape } from './function.js';
import { readsAsNumber } from './shapes.js';

/**
 * The number that a value is, or NaN. Text of a field is a number where it reads as one, the text NaN included;
 * a text literal never is (Informational functions, isnum).
 */
export function numberIn(value: FieldValue | undefined, textCounts: boolean): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !textCounts) return null;
  if (/^[+-]?nan$/i.test(value)) return Number.NaN;
  const number = parseNumber(value);
  return Number.isNaN(number) ? null : number;
}

/** Whether text in the first argument counts as a number. */
export function firstReadsAsNumber(shapes: readonly ArgumentShape[]): boolean {
  return readsAsNumber(shapes[0]);
}

/** Whether text is a JSON array or object. */
export function jsonKind(value: FieldValue | undefined): 'array' | 'object' | null {
  if (typeof value !== 'string') return null;
  const first = value.charCodeAt(value.search(/\S/));
  if (first !== 91 && first !== 123) return null;
  return parseJson(value) === undefined ? null : first === 91 ? 'array' : 'object';
}
