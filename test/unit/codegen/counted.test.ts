// The rows after every command, as explain and tests show them.
import { describe, expect, test } from 'vitest';
import { compileText } from '../../../src/evaluate.js';

const events = Array.from({ length: 10 }, (_, index) => ({ _time: index, user: `u${index % 4}` }));

describe('rows after every command', () => {
  test.each<[string, number[]]>([
    ['search user=u1', [3]],
    ['search user=* | sort - user | head 2', [10, 10, 2]],
    ['search user=* | stats count by user | sort - count | head 1 | table user', [10, 4, 4, 1, 1]],
    ['search user=* | head 5 | dedup user', [10, 5, 4]],
    ['search user=* | tail 3 | where user="u0"', [10, 3, 1]],
    ['search user=nobody | stats count', [0, 1]],
  ])('%s', async (spl, expected) => {
    const { rows, stages } = await compileText(spl).runCounted(events, {});
    expect(stages.map((stage) => stage.rowsOut)).toEqual(expected);
    expect(stages.map((stage) => stage.rowsIn)).toEqual([10, ...expected.slice(0, -1)]);
    expect(rows).toHaveLength(expected.at(-1) as number);
  });

  test('a limit warns once', async () => {
    const warnings: string[] = [];
    const spl = '| makeresults | append maxout=2 [search user=*] | stats count';
    const { rows } = await compileText(spl).runCounted(events, { warn: (message) => warnings.push(message) });
    expect(rows).toEqual([{ count: 3 }]);
    expect(new Set(warnings).size).toBe(warnings.length);
  });
});
