// The rows of a subsearch as a condition, or as a value, of the search around it.
import { equal } from './compare.js';
import { textOf, valuesOf } from './multivalue.js';
import { fieldNames, keyOf, read } from './row.js';
import type { Run } from './run.js';
import { searchIn, searchTest } from './search-test.js';
import { type RowTest, searchTextTest } from './search-text.js';
import type { FieldValue, Row } from './value.js';

const textFields = new Set(['search', 'query']);

/**
 * The condition that a subsearch stands for (Search Manual, About subsearches): a row must have all field values of
 * one of the subsearch's rows; a field named search or query holds a condition as text. Without rows nothing matches.
 * `evaluated`: the condition stands in an eval expression (where), which compares with case and without wildcards.
 */
export function subsearchTest(run: Run, rows: readonly Row[], evaluated = false): RowTest {
  const limit = run.limit('subsearch.maxout');
  const used = limit > 0 && rows.length > limit ? rows.slice(0, limit) : rows;
  if (used.length < rows.length)
    run.warn(`subsearch: it gave ${rows.length} rows, only the first ${limit} were used`);
  const lists = new Map<string, string[]>();
  const tests: RowTest[] = [];
  for (const row of used) {
    const names = visibleNames(row);
    const only = names[0];
    if (only !== undefined && names.length === 1 && !textFields.has(only)) {
      const list = lists.get(only) ?? [];
      for (const value of valuesOf(read(row, only))) list.push(keyOf(value));
      lists.set(only, list);
    } else if (names.length > 0) {
      const parts = names.map((name) => fieldTest(name, read(row, name), evaluated));
      tests.push((subject) => parts.every((test) => test(subject)));
    }
  }
  for (const [name, values] of lists) {
    const test = evaluated ? equalsAny(values) : searchIn(values);
    tests.push((row) => test(read(row, name)));
  }
  return (row) => tests.some((test) => test(row));
}

/** Internal fields, which `fields` keeps, are no part of the condition (Search Reference, format, example 1). */
function visibleNames(row: Row): string[] {
  return fieldNames(row).filter((name) => !name.startsWith('_'));
}

function fieldTest(name: string, value: FieldValue, evaluated: boolean): RowTest {
  if (textFields.has(name)) return searchTextTest(textOf(value) ?? '', evaluated);
  const values = valuesOf(value).map((item) => keyOf(item));
  const test = evaluated ? equalsAny(values) : searchIn(values);
  return (row) => test(read(row, name));
}

function equalsAny(values: readonly string[]): (value: FieldValue) => boolean {
  return (value) => values.some((item) => equal(value, item));
}

/**
 * The test of `field=[ … ]`: the texts that the subsearch gives stand in the place of the value, several of them
 * joined by OR as `return 3 $field` writes them (Search Reference, return).
 */
export function subsearchValueTest(operator: string, rows: readonly Row[]): (value: FieldValue) => boolean {
  const text = textOf(subsearchValue(rows)) ?? '';
  const parts = /^\(.*\) OR \(.*\)$/s.test(text) ? text.slice(1, -1).split(/\) OR \(/) : [text];
  const tests = parts.map((part) => searchTest(operator, part.replace(/^"(.*)"$/s, '$1')));
  return (value) => tests.some((test) => test(value));
}

/** The value that a subsearch stands for inside an expression: its first row's search field, or its first field. */
export function subsearchValue(rows: readonly Row[]): FieldValue {
  const row = rows[0];
  if (row === undefined) return null;
  const names = visibleNames(row);
  const name = names.find((item) => textFields.has(item)) ?? names[0];
  if (name === undefined) return null;
  const value = read(row, name);
  // `return $x` gives the bare text in quotes.
  return typeof value === 'string' ? value.replace(/^"(.*)"$/s, '$1') : value;
}
