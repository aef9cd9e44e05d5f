// Comparison and arithmetic of eval and where: numbers when both sides are numbers, text otherwise, null for null.
import { grownText } from './growth.js';
import { calculated, finite, formatScalar, parseNumber } from './number.js';
import type { FieldValue, Scalar } from './value.js';

/** A field's value as expressions see it: absent is null, booleans are text, a list of one is its value. */
export function load(value: FieldValue | undefined): FieldValue {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value === undefined || value === null ? null : loadOther(value);
}

function loadOther(value: FieldValue): FieldValue {
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (Array.isArray(value)) {
    if (value.length > 1) return value;
    return value.length === 1 ? load(value[0]) : null;
  }
  // Nested objects are no field values; their JSON text is.
  return value === null ? null : JSON.stringify(value);
}

/** Order of two values: both numeric by number, otherwise by text, code unit by code unit (capitals first). */
export function compareScalars(a: Scalar, b: Scalar): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  const x = typeof a === 'number' ? a : parseNumber(a);
  if (!Number.isNaN(x)) {
    const y = typeof b === 'number' ? b : parseNumber(b);
    if (!Number.isNaN(y)) return x < y ? -1 : x > y ? 1 : 0;
  }
  const s = typeof a === 'string' ? a : formatScalar(a);
  const t = typeof b === 'string' ? b : formatScalar(b);
  return s < t ? -1 : s > t ? 1 : 0;
}

function scalar(value: FieldValue): Scalar {
  return typeof value === 'boolean' ? (value ? 'true' : 'false') : (value as Scalar);
}

/** Whether some value of `a` and some value of `b` stand in a relation; never for null. */
function anyPair(a: FieldValue, b: FieldValue, holds: (order: number) => boolean): boolean {
  if (a === null || b === null) return false;
  if (!Array.isArray(a) && !Array.isArray(b)) return holds(compareScalars(scalar(a), scalar(b)));
  const left = Array.isArray(a) ? a : [scalar(a)];
  const right = Array.isArray(b) ? b : [scalar(b)];
  for (const x of left) for (const y of right) if (holds(compareScalars(x, y))) return true;
  return false;
}

/** `a = b`: one matching value of a multivalue is enough. False where a side is null. */
export function equal(a: FieldValue, b: FieldValue): boolean {
  if (typeof a === 'string' && typeof b === 'string' && a === b) return true;
  return anyPair(a, b, (order) => order === 0);
}
export function unequal(a: FieldValue, b: FieldValue): boolean {
  return anyPair(a, b, (order) => order !== 0);
}
export function less(a: FieldValue, b: FieldValue): boolean {
  return anyPair(a, b, (order) => order < 0);
}
export function lessEqual(a: FieldValue, b: FieldValue): boolean {
  return anyPair(a, b, (order) => order <= 0);
}
export function greater(a: FieldValue, b: FieldValue): boolean {
  return anyPair(a, b, (order) => order > 0);
}
export function greaterEqual(a: FieldValue, b: FieldValue): boolean {
  return anyPair(a, b, (order) => order >= 0);
}

/** `value = text` where the text is no number: nothing to convert. */
export function equalText(value: FieldValue, text: string): boolean {
  if (typeof value === 'string') return value === text;
  if (typeof value === 'number' || value === null) return false;
  return typeof value === 'boolean' ? scalar(value) === text : value.includes(text);
}

/** Whether two sides are comparable, that is, neither is null: a false comparison is then false and not null. */
export function known(a: FieldValue, b: FieldValue): boolean {
  return a !== null && b !== null;
}

/** Whether a value counts as true where a condition is wanted. */
export function isTrue(value: FieldValue): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return /^(?:true|t|1)$/i.test(value);
  return false;
}

/** Whether a value is known not to be true. */
export function isFalse(value: FieldValue): boolean {
  return value !== null && !isTrue(value);
}

/** A condition with three outcomes from its two definite ones. */
export function outcome(holds: boolean, fails: boolean): boolean | null {
  return holds ? true : fails ? false : null;
}

function number(value: FieldValue): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? parseNumber(value) : Number.NaN;
}

/**
 * `a + b`: adds numbers, joins texts; a number and a text that is none give null (eval, Operators).
 * `textLeft` and `textRight` say that a side is text by type, whatever it looks like.
 */
export function add(a: FieldValue, b: FieldValue, textLeft = false, textRight = false): FieldValue {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (a === null || b === null) return null;
  const x = textLeft ? Number.NaN : number(a);
  const y = textRight ? Number.NaN : number(b);
  const left = Number.isNaN(x);
  const right = Number.isNaN(y);
  if (!left && !right) return calculated(x + y);
  if (left && right) return concatenate(a, b);
  return null;
}
export function subtract(a: FieldValue, b: FieldValue): FieldValue {
  return calculated(number(a) - number(b));
}
export function multiply(a: FieldValue, b: FieldValue): FieldValue {
  return calculated(number(a) * number(b));
}
/** Division by zero gives null. */
export function divide(a: FieldValue, b: FieldValue): FieldValue {
  const divisor = number(b);
  return divisor === 0 ? null : calculated(number(a) / divisor);
}
/** The remainder has the sign of the dividend. `"NaN" % 1` is NaN, which isnum() takes for a number. */
export function modulo(a: FieldValue, b: FieldValue): number | null {
  if (a === 'NaN' && !Number.isNaN(number(b))) return Number.NaN;
  return finite(number(a) % number(b));
}
export function negate(a: FieldValue): number | null {
  return finite(-number(a));
}

/** `a . b`: the texts joined; null where a side is null. */
export function concatenate(a: FieldValue, b: FieldValue): string | null {
  if (typeof a === 'string' && typeof b === 'string') return grownText(a + b);
  if (a === null || b === null) return null;
  return grownText(text(a) + text(b));
}

function text(value: FieldValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return formatScalar(value);
  return value === null ? '' : value.map(formatScalar).join(' ');
}
