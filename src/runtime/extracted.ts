// What all extractions of fields share: names without odd characters, and values beside earlier ones.
import type { Row } from './value.js';

/** Appends a value to a field, which becomes a multivalue when it has one already. */
export function addValue(row: Row, name: string, value: string): void {
  const old = row[name];
  if (old === null || old === undefined) row[name] = value;
  else if (Array.isArray(old)) old.push(value);
  else row[name] = [typeof old === 'boolean' ? String(old) : old, value];
}

/** CLEAN_KEYS: other characters become `_`, and leading `_` and digits go (Admin Manual, transforms.conf). */
export function cleanKey(name: string): string {
  if (/^[A-Za-z]\w*$/.test(name)) return name;
  return name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^[_0-9]+/, '');
}
