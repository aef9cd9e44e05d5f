// streamstats has two ways, one over values and one over rows: they give the same.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileText } from '../../../src/evaluate.js';
import type { Row } from '../../../src/runtime/value.js';

const event = fc.record(
  {
    u: fc.constantFrom<Row[string]>('a', 'b', ['a', 'b']),
    n: fc.constantFrom<Row[string]>(1, 2.5, '3', 'x'),
    total: fc.constantFrom<Row[string]>('before'),
  },
  { requiredKeys: [] },
);
const options = fc
  .record({
    by: fc.constantFrom('', ' by u'),
    window: fc.constantFrom('', 'window=1 ', 'window=3 '),
    current: fc.constantFrom('', 'current=f '),
    global: fc.constantFrom('', 'global=f '),
    reset: fc.constantFrom('', 'reset_on_change=t '),
  })
  .map(({ by, window, current, global, reset }) => [`${window}${current}${global}${reset}`, by] as const);

test('a condition that is never met changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(options, fc.array(event, { maxLength: 8 }), async ([settings, by], events) => {
      const spl = (more: string): string =>
        `| streamstats ${settings}${more}count sum(n) as total last(n) as l dc(n) as d${by}`;
      const overValues = await compileText(spl('')).run(events);
      const overRows = await compileText(spl('reset_before="1==2" ')).run(events);
      expect(overValues).toEqual(overRows);
    }),
    { numRuns: 300 },
  );
});
