// A window that moves gives exactly what adding up its rows anew gives, whatever the values.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileText } from '../../../src/evaluate.js';
import type { Row } from '../../../src/runtime/value.js';

const value = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom(0.1, 0.2, 0.7, 1e16, -1e16, 2 ** 53 - 1, 'x', '3', '0.1'),
  fc.array(fc.constantFrom('1', '2', 'x', '0.3'), { minLength: 2, maxLength: 3 }),
);
const row = fc.record({ n: value, g: fc.constantFrom('a', 'b') }, { requiredKeys: ['g'] });

test('a moving window equals stats over the same rows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 25 }),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      async (rows, window, current, isGlobal, isGrouped) => {
        const by = isGrouped ? 'by g' : '';
        const statistics =
          'count AS c count(n) AS cn sum(n) AS s avg(n) AS a max(n) AS m min(n) AS lo range(n) AS r dc(n) AS d first(n) AS f last(n) AS l list(n) AS li';
        const results = (row: Row | undefined): unknown[] =>
          ['c', 'cn', 's', 'a', 'm', 'lo', 'r', 'd', 'f', 'l', 'li'].map((name) => row?.[name]);
        const found = await compileText(
          `| streamstats window=${window} current=${current} global=${isGlobal} ${statistics} ${by}`,
        ).run(rows as unknown as Row[]);
        const stats = compileText(`| stats ${statistics}`);
        for (const [at, row] of found.entries()) {
          const own = (other: (typeof rows)[number]): boolean => !isGrouped || other.g === rows[at]?.g;
          const seen = rows.slice(0, at + (current ? 1 : 0));
          const inWindow =
            isGlobal || !isGrouped ? seen.slice(-window).filter(own) : seen.filter(own).slice(-window);
          const [expected] = await stats.run(inWindow as unknown as Row[]);
          expect(results(row)).toEqual(results(expected));
        }
      },
    ),
    { numRuns: 300 },
  );
});
