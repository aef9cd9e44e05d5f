// Lookup tables: read once per run, matched by exact value, wildcard or network.
import type { FieldValue } from './value.js';

/** Finds the outputs of a table for one input. */
export function lookupFunction(
  name: string,
  input: ReadonlyMap<string, FieldValue>,
  outputs: readonly string[],
): ReadonlyMap<string, FieldValue> | null {
  void name;
  void input;
  void outputs;
  return null;
}
