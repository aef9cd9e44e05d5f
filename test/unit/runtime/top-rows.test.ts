// Keeping the first or last rows on the way gives what sorting or cutting all of them gives.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastRows, sortRows, topRows } from '../../../src/runtime/sort.js';
import { createRow, type Row } from '../../../src/runtime/value.js';

const row = (n: number | string | null, id: number): Row => {
  const made = createRow();
  if (n !== null) made['n'] = n;
  made['id'] = id;
  return made;
};

describe('topRows', () => {
  it('keeps the rows that come first in order, equal ones as they came', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.boolean(),
        fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }), { maxLength: 30 }),
        (limit, descending, values) => {
          const specs = [{ field: 'n', descending, type: 'auto' }] as const;
          // More rows than are held at once.
          const rows = Array.from({ length: 400 }, () => values)
            .flat()
            .map((n, id) => row(n, id));
          const kept = topRows(specs, limit);
          for (const item of rows) kept.push(item);
          const all = sortRows(rows, specs);
          expect(kept.inOrder()).toEqual(limit > 0 ? all.slice(0, limit) : all);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('tells how many rows were cut', () => {
    const told: string[] = [];
    const kept = topRows([{ field: 'n', descending: false, type: 'num' }], 2);
    for (let id = 0; id < 9000; id++) kept.push(row(-id, id));
    const run = { limit: () => 2, warn: (message: string) => void told.push(message) };
    expect(kept.inOrder(run, 'sort.limit').map(({ id }) => id)).toEqual([8999, 8998]);
    expect(told).toEqual(['sort.limit: only 2 of 9000 rows were kept']);
  });
});

describe('lastRows', () => {
  it.each([0, 1, 3, 5000])('keeps %d rows', (limit) => {
    const kept = lastRows(limit);
    for (let id = 0; id < 3000; id++) kept.push(row(null, id));
    const ids = Array.from({ length: 3000 }, (_, index) => 2999 - index);
    expect(kept.fromEnd().map(({ id }) => id)).toEqual(ids.slice(0, limit));
  });
});
