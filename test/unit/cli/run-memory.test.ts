// `detc run` where rows fill the memory that Node.js may use: it ends with a sentence, not with a dump of V8's.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileCli } from '../../compiled.js';

let program: Awaited<ReturnType<typeof compileCli>>;
const folder = mkdtempSync(join(tmpdir(), 'detc-memory-'));
const data = join(folder, 'events.jsonl');
const large = join(folder, 'large.jsonl');
const number = 100_000;

beforeAll(async () => {
  program = await compileCli();
  const filler = 'x'.repeat(300);
  const line = (n: number) =>
    `{"_time":${1_700_000_000 + n},"_raw":"event ${n} ${filler}","group":${n % 1000},"user":"u${n}"}\n`;
  writeFileSync(data, Array.from({ length: number }, (_, n) => line(n)).join(''));
  const largeLine = (n: number) =>
    `{"_time":${1_700_000_000 + n},"_raw":"event ${n} ${'x'.repeat(1_000_000)}","group":"g","user":"u${n}"}\n`;
  writeFileSync(large, Array.from({ length: 150 }, (_, n) => largeLine(n)).join(''));
}, 60_000);
afterAll(() => {
  for (const path of [program.folder, folder]) rmSync(path, { recursive: true, force: true });
});

function run(spl: string, output = 'ndjson', file = data) {
  const arguments_ = [program.cli, 'run', spl, '--data', file, '--events', '-o', output];
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=64', ...arguments_], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

test.each([
  ['eventstats', 'search * | eventstats count by group'],
  ['stats', 'search * | stats values(_raw) by user'],
  ['join', 'search * | head 10 | join group max=0 [search *]'],
])(
  '%s says that memory runs out',
  (command, spl) => {
    const { status, stderr } = run(spl);
    expect(stderr).toMatch(
      new RegExp(
        `^error: memory runs out: "${command}" holds what it needs of [\\d,]+ (?:rows|groups), and \\d+ MB are all that may be used; .+--max-old-space-size=<MB>\\n$`,
      ),
    );
    expect(status).toBe(1);
  },
  60_000,
);

test.each([
  ['eventstats', 'search * | eventstats count by group'],
  ['stats', 'search * | stats list(_raw)'],
  ['join', 'search * | join group max=0 [search *]'],
  ['sort', 'search * | sort user'],
])(
  '%s says so of a few rows that are large',
  (command, spl) => {
    const { status, stderr } = run(spl, 'ndjson', large);
    expect(stderr).toMatch(
      new RegExp(`^error: memory runs out: "${command}" holds what it needs of \\d+ rows, `),
    );
    expect(status).toBe(1);
  },
  60_000,
);

test('a result that is shown as a table is held, and told as such', () => {
  const { status, stderr } = run('search * | fields *', 'table');
  expect(stderr).toMatch(/^error: memory runs out: the result holds/);
  expect(status).toBe(1);
}, 60_000);

test('what goes on row by row, or is cut, does not fill memory', () => {
  expect(run('search * | stats count by group | stats count').stdout).toBe('{"count":1000}\n');
  expect(run('search * | sort 5 user | fields user', 'table').status).toBe(0);
}, 60_000);
