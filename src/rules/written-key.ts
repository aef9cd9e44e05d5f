// Whether a file has a key, or one that was meant to be it: then the schema has told what is wrong, not that it is missing.
import { isRaw, type Raw } from '../content/read/fields.js';
import { isSlip } from '../diagnostic/did-you-mean.js';

/** Whether a mapping as written has a key, or another that was meant to be it, or has it in a mapping one level below. */
export function isWritten(raw: Raw, key: string): boolean {
  if (Object.hasOwn(raw, key) || hasMisspelt(raw, key)) return true;
  return Object.values(raw).some((value) => isRaw(value) && Object.hasOwn(value, key));
}

/** Whether a mapping as written has a key that differs from one by its case or a slip of the keyboard. */
export function hasMisspelt(raw: Raw, key: string): boolean {
  return Object.keys(raw).some(
    (other) => other !== key && (other.toLowerCase() === key || isSlip(other, key)),
  );
}
