// Rows as wholes: copying, reading by a name known only at run time, and the text of rows without raw text.
import { load } from './compare.js';
import { textOf } from './multivalue.js';
import { fillWildcards, type TextTest, wildcardParts } from './pattern.js';
import { createRow, type FieldValue, type Row } from './value.js';

/** A field's value by name, own fields only: an event given as a plain object has no `constructor`. */
export function read(row: Row, name: string): FieldValue {
  return Object.hasOwn(row, name) ? load(row[name]) : null;
}

/** A new row with the fields of another that have a value, and of these those a filter lets through. */
export function copyRow(row: Row, keep?: TextTest): Row {
  const copy = createRow();
  for (const name of Object.keys(row)) {
    if (keep !== undefined && !keep(name)) continue;
    const value = load(row[name]);
    if (value !== null) copy[name] = value;
  }
  return copy;
}

/** Names of the fields that have a value, in order. */
export function fieldNames(row: Row): string[] {
  return Object.keys(row).filter((name) => row[name] !== null && row[name] !== undefined);
}

/**
 * Names of the fields that any row has: those of `order` in that order, then the others in order of first appearance.
 *
 * @param order  columns that a command made from data (`Run.columns`)
 */
export function columnsOf(rows: readonly Row[], order: readonly string[] = []): string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of fieldNames(row)) names.add(name);
  return order.length === 0
    ? [...names]
    : [...new Set([...order.filter((name) => names.has(name)), ...names])];
}

/** What free text is searched in when an event of extracted fields has no `_raw`: the values, a line each. */
export function rowText(row: Row): string {
  const texts: string[] = [];
  for (const name of Object.keys(row)) {
    const text = textOf(load(row[name]));
    if (text !== null) texts.push(text);
  }
  return texts.join('\n');
}

/** The text of `_raw`, or of the given values when there is none. */
export function rawText(raw: FieldValue, fallback: () => string): string {
  return textOf(raw) ?? fallback();
}

/** The text under which a value groups: numbers and their text are one group. */
export function keyOf(value: FieldValue): string {
  return typeof value === 'string' ? value : (textOf(value) ?? '');
}

/** One text for several group values, in which no value can run into the next. */
export function compositeKey(values: readonly FieldValue[]): string {
  if (values.length === 2) {
    const [first, second] = [keyOf(values[0] ?? null), keyOf(values[1] ?? null)];
    return `${first.length}:${first}${second}`;
  }
  let key = '';
  for (const value of values) {
    const text = keyOf(value);
    key += `${text.length}:${text}`;
  }
  return key;
}

/** The row, or a copy without the fields that hold null: absence is how results say that a field has no value. */
export function compactRow(row: Row): Row {
  for (const name in row) if (row[name] === null || row[name] === undefined) return copyRow(row);
  return row;
}

/** The texts of several values, a line each. */
export function joinText(values: readonly FieldValue[]): string {
  return values.flatMap((value) => textOf(value) ?? []).join('\n');
}

/** Whether a value, or one of its values, is in a set. */
export function anyOf(value: FieldValue, set: ReadonlySet<FieldValue>): boolean {
  return Array.isArray(value) ? value.some((item) => set.has(item)) : set.has(value);
}

/** Sets a field; null takes it away. A field without a name is not set. */
export function setField(row: Row, name: string | null, value: FieldValue): void {
  if (name === null || name === '') return;
  if (value === null) delete row[name];
  else row[name] = load(value);
}

/** The field name that `{a}_{b}` gives, or null when a value is missing. */
export function fieldNameOf(
  template: string,
  values: readonly (readonly [string, FieldValue])[],
): string | null {
  let name: string | null = template;
  for (const [field, value] of values) {
    const text = textOf(value);
    if (text === null) return null;
    name = name.replaceAll(`{${field}}`, () => text);
  }
  return name;
}

/** A row with fields renamed, one pair after the other; a missing source takes the target away. */
export function renameFields(
  row: Row,
  pairs: readonly { readonly from: string; readonly to: string }[],
): Row {
  let current = row;
  for (const pair of pairs) current = renamePair(current, pair.from, pair.to);
  return current;
}

function renamePair(row: Row, from: string, to: string): Row {
  const renamed = new Map<string, string>();
  if (from.includes('*')) {
    for (const name of Object.keys(row)) {
      const parts = wildcardParts(from, name);
      if (parts !== null && !(name.startsWith('_') && !from.startsWith('_')))
        renamed.set(name, fillWildcards(to, parts));
    }
  } else renamed.set(from, to);
  const targets = new Set(renamed.values());
  const next = createRow();
  for (const name of Object.keys(row)) {
    const target = renamed.get(name);
    if (target !== undefined) next[target] = row[name] ?? null;
    else if (!targets.has(name)) next[name] = row[name] ?? null;
  }
  return next;
}
