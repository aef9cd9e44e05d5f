// Searches that multiply what they have end with a sentence that names the part of the search, not with a fault of ours.
import { expect, test } from 'vitest';
import { compileSearch } from '../../../src/index.js';
import { LimitError, limitError } from '../../../src/runtime/growth.js';

const tenfold = (times: number): string => '| eval s=s.s.s.s.s.s.s.s.s.s'.repeat(times);
const cases: [title: string, spl: string, message: RegExp][] = [
  [
    'texts joined to themselves',
    `| makeresults | eval s="xx" ${tenfold(9)} | eval n=len(s)`,
    /^a text grows beyond 67,108,864 characters, .*: eval s=s \. s/,
  ],
  [
    'joined in a condition',
    `| makeresults | eval s="xx" ${tenfold(7)} | where len(s.s.s.s.s)>1`,
    /^a text grows beyond 67,108,864 characters, .*: where len\(s \. s/,
  ],
  [
    'a match replaced by much',
    `| makeresults | eval s="aa" ${tenfold(6)} | eval s=replace(s, "a", "${'0123456789'.repeat(50)}")`,
    /^a text grows beyond .*: eval s=replace\(/,
  ],
  [
    'values doubled',
    `| makeresults | eval m=mvrange(0, 1000) ${'| eval m=mvappend(m, m, m, m)'.repeat(7)}`,
    /^a field is given more than 10,000,000 values, .*: eval m=mvappend\(/,
  ],
  [
    'a range without end',
    '| makeresults | eval n=1e12 | eval m=mvrange(0, n)',
    /^mvrange would make more than 1,000,000 values, .*: eval m=mvrange\(0, n\)/,
  ],
  [
    'rows without number',
    '| makeresults count=1000000000000',
    /^makeresults would make more than 10,000,000 rows/,
  ],
  [
    'spans without number',
    '| gentimes start=1/1/1970 end=1/1/2038 increment=1s',
    /^gentimes would make more than 1,000,000 rows/,
  ],
  [
    'gaps without number',
    '| makeresults | eval x=1 | append [| makeresults | eval x=1e12] | makecontinuous x span=1',
    /^makecontinuous would make more than 1,000,000 rows/,
  ],
];

test.each(cases)('%s', async (_title, spl, message) => {
  const fault = await compileSearch(spl)
    .run()
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(fault).toBeInstanceOf(LimitError);
  expect((fault as Error).message).toMatch(message);
});

test('what JavaScript says of sizes is a limit, what it says of anything else is not', () => {
  const thrown = (act: () => unknown): unknown => {
    try {
      return act();
    } catch (error) {
      return error;
    }
  };
  expect(limitError(thrown(() => 'xxxx'.padEnd(2 ** 30)))?.message).toMatch(/^a text grows beyond/);
  expect(limitError(thrown(() => new Array(-1)))?.message).toMatch(/^a list grows/);
  expect(limitError(thrown(() => (1).toFixed(1000)))).toBeUndefined();
  expect(limitError(new TypeError('x'))).toBeUndefined();
});
