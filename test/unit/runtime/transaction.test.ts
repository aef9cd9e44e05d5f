// transaction: which open transaction an event joins, and many of them open at once.
import { describe, expect, test } from 'vitest';
import { compileText } from '../../../src/evaluate.js';
import type { Row } from '../../../src/runtime/value.js';

const run = (spl: string, events: readonly Row[]): Promise<Row[]> => compileText(spl).run(events);

describe('transaction', () => {
  test.each<[string, string, Row[], unknown[]]>([
    [
      'events are linked through any of the fields',
      '| transaction a b | table a b eventcount',
      [
        { _time: 3, a: '1', b: 'x' },
        { _time: 2, a: '1' },
        { _time: 1, b: 'x' },
      ],
      [{ a: '1', b: 'x', eventcount: 3 }],
    ],
    [
      'an event of two transactions joins the one that was opened first',
      '| transaction a b connected=t | table a b eventcount',
      [
        { _time: 3, a: '1' },
        { _time: 2, b: 'x' },
        { _time: 1, a: '1', b: 'x' },
      ],
      [
        { b: 'x', eventcount: 1 },
        { a: '1', b: 'x', eventcount: 2 },
      ],
    ],
    [
      'a field that contradicts keeps them apart',
      '| transaction a b | table a b eventcount',
      [
        { _time: 2, a: '1', b: 'x' },
        { _time: 1, a: '1', b: 'y' },
      ],
      [
        { a: '1', b: 'x', eventcount: 1 },
        { a: '1', b: 'y', eventcount: 1 },
      ],
    ],
    [
      'without connected nothing has to be shared',
      '| transaction a b connected=f | table a b eventcount',
      [
        { _time: 2, a: '1' },
        { _time: 1, b: 'y' },
      ],
      [{ a: '1', b: 'y', eventcount: 2 }],
    ],
    [
      'equal values are one, others a multivalue in order',
      '| transaction a | table n m',
      [
        { _time: 2, a: '1', n: 'z', m: 1 },
        { _time: 1, a: '1', n: 'b', m: 1 },
      ],
      [{ n: ['b', 'z'], m: 1 }],
    ],
  ])('%s', async (_, spl, events, expected) => {
    expect(await run(spl, events)).toEqual(expected);
  });

  test('thousands may be open at once', async () => {
    const events = Array.from(
      { length: 30_000 },
      (_, i): Row => ({ _time: 30_000 - i, id: `s${i % 10_000}` }),
    );
    const start = performance.now();
    const [row] = await run('| transaction id | stats count sum(eventcount) as events', events);
    expect(row).toMatchObject({ events: 30_000 });
    expect(performance.now() - start).toBeLessThan(4000);
  });
});
