// Whether a file has a key, or one that was meant to be it: then the schema has told what is wrong, not that it is missing.
import { isSlip } from '../diagnostic/did-you-mean.js';

/** Whether a mapping as written has a key, or another that was meant to be it, or has it in a mapping one level below. */
export function isWritten(raw: Readonly<Record<string, unknown>>, key: string): boolean {
  if (Object.hasOwn(raw, key) || isMisspelt(raw, key)) return true;
  return Object.values(raw).some((value) => isMapping(value) && Object.hasOwn(value, key));
}

/** Whether a value as written is a mapping. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a mapping as written has a key that differs from one by its case or a slip of the keyboard. */
export function isMisspelt(raw: Readonly<Record<string, unknown>>, key: string): boolean {
  return Object.keys(raw).some(
    (other) => other !== key && (other.toLowerCase() === key || isSlip(other, key)),
  );
}
