// Objects as columns: what is restored is what was stored, whatever the keys.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restoreTable, storeTable, type Tables } from '../../../src/cache/table.js';

const key = fc.constantFrom('a', 'b', 'inner', '__proto__', 'constructor', 'toString', '0');
const leaf = fc.oneof(fc.constantFrom('x', 'y', null, true, 0, 1.5), fc.array(fc.string(), { maxLength: 2 }));
const flat = fc.array(fc.tuple(key, leaf)).map(objectOf);
const row = fc.array(fc.tuple(key, fc.oneof(leaf, flat))).map(objectOf);
const tables: Tables = { inner: { inner: {} }, a: {} };

/** An object with own members only, also such as would be its prototype. */
function objectOf(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return JSON.parse(
    `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`,
  ) as Record<string, unknown>;
}

test('rows are the same after they were stored', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const stored = JSON.parse(JSON.stringify(storeTable(rows, tables))) as ReturnType<typeof storeTable>;
      expect(JSON.stringify(restoreTable(stored))).toBe(JSON.stringify(rows));
    }),
  );
});

test('what is undefined is not there', () => {
  expect(restoreTable(storeTable([{ a: undefined, b: 1 }, { a: 2 }]))).toEqual([{ b: 1 }, { a: 2 }]);
  expect(Object.keys(restoreTable(storeTable([{ a: undefined }]))[0]!)).toEqual([]);
});
