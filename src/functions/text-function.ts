// What the text functions share: one text in, one value out, applied to each value of a multivalue.
import { mapText } from '../runtime/multivalue.js';
import type { FieldValue } from '../runtime/value.js';
import type { Evaluate } from './function.js';

/** An evaluate of one argument that applies a text function to each value. */
export function perText(apply: (text: string) => FieldValue): Evaluate {
  return (_context, value) =>
    typeof value === 'string' ? apply(value) : mapText(value as FieldValue, apply);
}
