// Commands over many rows of one group take a time that grows with the rows, not with their square.
import { expect, it } from 'vitest';
import { compileText } from '../../../src/evaluate.js';

const rows = Array.from({ length: 150_000 }, (_, index) => ({
  _time: 1_700_000_000,
  n: `value ${index}`,
  g: 'a',
}));

it.each([
  ['top limit=1 n | table count', { count: 1 }],
  ['rare limit=1 n by g | table count', { count: 1 }],
  ['selfjoin max=1 g | stats count', { count: 149_999 }],
  ['makecontinuous _time span=1m | stats count', { count: 150_000 }],
  ['eventstats count as c by g | stats max(c) as c', { c: 150_000 }],
  ['transaction g mvlist=n maxevents=-1 | eval c=eventcount | table c', { c: 150_000 }],
  ['chart count over g | table count', { count: 150_000 }],
  ['mvcombine n | eval c=mvcount(n) | table c', { c: 150_000 }],
  ['stats list(n) as l dc(n) as c by g | table c', { c: 150_000 }],
  ['streamstats window=20 count as c | stats max(c) as c', { c: 20 }],
  [
    'head 1 | eval j="[".mvjoin(mvrange(0,200000),",")."]" | spath input=j path={} output=k | eval c=mvcount(k) | table c',
    { c: 200_000 },
  ],
  ['head 1 | map search="| makeresults count=200000" | stats count', { count: 200_000 }],
  ['streamstats dc(n) as c | stats max(c) as c', { c: 150_000 }],
  ['contingency g g | stats max(a) as c', { c: 150_000 }],
])('%s', { timeout: 20_000 }, async (spl, expected) => {
  const started = process.cpuUsage();
  const [first] = await compileText(`| ${spl}`).run(
    rows.map((row) => ({ ...row })),
    { now: 1_700_000_100 },
  );
  const { user } = process.cpuUsage(started);
  expect({ ...first }).toEqual(expected);
  expect(user).toBeLessThan(5_000_000);
});
