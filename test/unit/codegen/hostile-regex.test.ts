// Patterns made to backtrack without end: wherever one stands, the search ends within moments.
import { describe, expect, test } from 'vitest';
import { compileText } from '../../../src/evaluate.js';
import { RegexLimitError } from '../../../src/runtime/regex.js';

const events = [{ x: `${'a'.repeat(40)}!`, y: `${'a'.repeat(50_000)}!` }];

async function outcome(spl: string): Promise<unknown> {
  const search = compileText(spl);
  expect(search.diagnostics).toEqual([]);
  const start = performance.now();
  const result = await search.run(events).catch((error: unknown) => error);
  expect(performance.now() - start).toBeLessThan(8000);
  return result;
}

describe('a hostile regex', () => {
  test.each([
    '| rex field=x "(?<q>(a+)+)$"',
    '| rex field=x mode=sed "s/(a*)*b/c/g"',
    '| regex x="^(a+)+$"',
    '| eval r=replace(x, "(a+)+b", "")',
    '| makemv tokenizer="((?:a+)+)$" x',
    '| transaction x startswith=eval(match(x, "^(a+)+$"))',
    '| where match(y, "(a|b)*(a|c)*(a|d)*e")',
  ])(
    '%s',
    async (spl) => {
      const result = await outcome(spl);
      expect(result).toBeInstanceOf(RegexLimitError);
      expect((result as Error).message).toContain('backtracks too much');
    },
    20_000,
  );

  test.each([
    'search x="*a*a*a*a*a*a*a*a*a*a*a*b*"',
    'search y="*a*a*a*a*a*a*a*a*b*"',
    '| where like(y, "%a%a%a%a%a%a%a%a%b%")',
    '| where match(y, "a{1,20}b")',
    '| replace "*a*a*a*b" with z in y',
  ])('%s needs no giving up', async (spl) => {
    expect(await outcome(spl)).not.toBeInstanceOf(Error);
  });
});
