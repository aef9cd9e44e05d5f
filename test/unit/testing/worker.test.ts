// The compiled `detc test`: workers with limits, exit codes, the cache of results, --changed and --watch.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileCli } from '../../compiled.js';
import { schemaFaults } from './junit-schema.js';
import { events, type SmallRepository, smallRepository, testYaml } from './small-repository.js';

let compiled: Awaited<ReturnType<typeof compileCli>>;
let cacheHome: string;
beforeAll(async () => {
  compiled = await compileCli();
  cacheHome = mkdtempSync(join(tmpdir(), 'detc-cache-'));
}, 120_000);
afterAll(() => {
  for (const folder of [compiled?.folder, cacheHome]) if (folder) rmSync(folder, { recursive: true });
});

const environment = () => ({ ...process.env, XDG_CACHE_HOME: cacheHome, NO_COLOR: '1' });

interface Report {
  readonly summary: {
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly errors: number;
  };
  readonly tests: readonly {
    readonly detection: string;
    readonly status: string;
    readonly reason?: string;
  }[];
}

/** Runs `detc test` in a repository to its end. */
function detc(
  repository: SmallRepository,
  ...args: string[]
): Promise<{ stdout: string; stderr: string; code: number }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [compiled.cli, 'test', ...args], {
      cwd: repository.root,
      env: environment(),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.on('close', (code) => resolve({ stdout, stderr, code: code ?? -1 }));
  });
}

async function report(repository: SmallRepository, ...args: string[]): Promise<Report & { code: number }> {
  const { stdout, stderr, code } = await detc(repository, '--reporter', 'json', ...args);
  try {
    return { ...(JSON.parse(stdout) as Report), code };
  } catch {
    throw new Error(`no report: ${stdout}${stderr}`);
  }
}
const statuses = ({ tests }: Report) => Object.fromEntries(tests.map((one) => [one.detection, one.status]));

const passing = 'sourcetype=_json process=evil.exe';
const failing = 'sourcetype=_json process=cmd.exe action=stop';
/** Every pair of rows, many times over: it would take hours, or gigabytes. */
const endless =
  'sourcetype=_json | eval n=mvrange(0,2000) | mvexpand n | eval m=mvrange(0,2000) | mvexpand m | eval k=mvrange(0,2000) | mvexpand k | stats dc(eval(n.m.k)) as c';

describe('exit codes and reports', { timeout: 120_000 }, () => {
  test('a failing test exits with 1 and names the command after which no row was left', async () => {
    const repository = smallRepository();
    repository.detection('Small One', { search: passing });
    expect((await detc(repository)).code).toBe(0);
    const page = async (): Promise<string> => {
      const arguments_ = [compiled.cli, 'docs', '--flavor', 'site', '--out', 'pages'];
      await promisify(execFile)(process.execPath, arguments_, { cwd: repository.root, env: environment() });
      return readFileSync(join(repository.root, 'pages/detections/endpoint/small_one.html'), 'utf8');
    };
    expect(await page()).toMatch(
      /result-passed">passed<\/span> <small>last local run on \d{4}-\d\d-\d\d: 2 rows/,
    );
    repository.detection('Small Two', {
      search: `sourcetype=_json | where process="cmd.exe" AND action="stop"`,
    });
    const { code, stdout } = await detc(repository);
    expect(code).toBe(1);
    expect(stdout).toContain('Small Two > Fires');
    expect(stdout).toMatch(/no row was left after: where process ?= ?"cmd.exe" AND action ?= ?"stop"/);
    const junit = await detc(repository, '--reporter', 'junit', '--out', 'out/report.xml');
    expect(junit.code).toBe(1);
    const xml = readFileSync(join(repository.root, 'out/report.xml'), 'utf8');
    expect(schemaFaults(xml)).toEqual([]);
    expect(xml).toContain('failures="1"');
  });

  test.each([
    { args: ['--jobs', 'many'] },
    { args: ['-t', '('] },
    { args: ['--reporter', 'json', '--reporter', 'html'] },
    { args: ['--timeout', '0'] },
    { args: ['--data-root', 'nothing'] },
    { args: ['--reporter', 'tap'] },
    { args: ['--nope'] },
    { args: ['no_such_detection'] },
    { args: ['small_one', 'no_such_detection'] },
    { args: ['--changed', '--output=x'] },
    { args: ['-C', '/nowhere'] },
  ])('wrong usage exits with 2: $args', async ({ args }) => {
    const repository = smallRepository();
    repository.detection('Small One', { search: passing });
    const { code, stderr, stdout } = await detc(repository, ...args);
    expect(code, stdout).toBe(2);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain('    at ');
  });
});

describe('limits', { timeout: 180_000 }, () => {
  test('a stuck and a hungry test are ended and reported, and the others go on', async () => {
    const repository = smallRepository();
    repository.detection('A Stuck', { search: endless });
    repository.detection('B Fine', { search: passing });
    repository.detection('C Failing', { search: failing });
    const stuck = await report(repository, '--timeout', '3', '--jobs', '1', '--no-cache');
    expect(statuses(stuck)).toEqual({ 'A Stuck': 'error', 'B Fine': 'passed', 'C Failing': 'failed' });
    expect(stuck.tests[0]!.reason).toBe('ended after 3 seconds; the limit is set with --timeout');
    expect(stuck.code).toBe(1);

    repository.detection('A Stuck', {
      search:
        'sourcetype=_json | eval n=mvrange(0,3000) | mvexpand n limit=0 | eval m=mvrange(0,3000) | eval x=mvjoin(m,"-").n | stats values(x) as x list(m) as m by n',
    });
    const hungry = await report(repository, '--timeout', '60', '--memory', '60', '--no-cache');
    expect(statuses(hungry)).toMatchObject({ 'B Fine': 'passed', 'C Failing': 'failed' });
    // The command that holds the rows is named where it notices in time; else the thread is ended.
    expect(hungry.tests[0]).toMatchObject({ status: 'error', reason: expect.stringContaining('--memory') });
    expect(hungry.tests[0]!.reason).toMatch(
      /^ended: it needed more memory than allowed|^memory runs out: "stats" holds/,
    );
  });

  test('two workers share the tests of one dataset, and a stuck one among them is all that is lost', async () => {
    const repository = smallRepository();
    for (let number = 0; number < 99; number++)
      repository.detection(`Many ${String(number).padStart(2, '0')}`, {
        search: number === 40 ? endless : passing,
      });
    const { summary, tests } = await report(repository, '--jobs', '2', '--timeout', '4', '--no-cache');
    expect(summary).toMatchObject({ passed: 98, failed: 0, errors: 1, skipped: 0 });
    expect(tests.filter(({ status }) => status === 'error')).toEqual([
      expect.objectContaining({
        detection: 'Many 40',
        reason: 'ended after 4 seconds; the limit is set with --timeout',
      }),
    ]);
  });

  test('--bail ends the run, also in the middle of a dataset', async () => {
    const repository = smallRepository();
    for (const name of ['A', 'B', 'C', 'D'])
      repository.detection(`${name} Failing`, { search: `${failing} user=${name}` });
    const { summary, tests } = await report(repository, '--bail', '--jobs', '1', '--no-cache');
    expect(summary).toMatchObject({ failed: 1, skipped: 3 });
    expect(tests[3]!.reason).toMatch(/--bail/);
  });
});

/** A repository with a macro, a lookup and a detection that uses neither. */
function connected(): SmallRepository {
  const repository = smallRepository();
  repository.write('macros/evil.yml', 'name: evil\ndefinition: process=evil.exe\ndescription: d\n');
  repository.write('macros/outer.yml', 'name: outer\ndefinition: sourcetype=_json `evil`\ndescription: d\n');
  repository.write('lookups/people.csv', 'user,team\nann,red\nbob,blue\n');
  repository.write(
    'lookups/people.yml',
    'name: people\nid: 0e5e25c3-32f4-46f7-ba4a-5d95c3b90f5b\nversion: 1\ndate: 2026-03-01\nauthor: A\nlookup_type: csv\ndescription: d\n',
  );
  repository.detection('By Macro', { search: '`outer` | stats count' });
  repository.detection('By Lookup', {
    search: 'sourcetype=_json | lookup people user OUTPUT team | search team=red',
  });
  repository.detection('By Itself', { search: 'sourcetype=_json action=stop' });
  return repository;
}

describe('what a change touches', { timeout: 180_000 }, () => {
  test('-t runs tests by their names, and several reports are written at once', async () => {
    const repository = smallRepository();
    repository.detection('Small One', {
      search: 'sourcetype=_json process=evil.exe',
      tests: testYaml('Fires') + testYaml('Stays quiet', '  expected_results: 0\n'),
    });
    repository.detection('Small Two', { search: 'sourcetype=_json' });
    const { stdout, code } = await detc(
      repository,
      ...[
        '-t',
        'one > fires',
        '--reporter',
        'default',
        '--reporter',
        'json=out/a.json',
        '--reporter',
        'junit=out/b.xml',
      ],
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining('Small One > Fires')]);
    const { tests } = JSON.parse(readFileSync(join(repository.root, 'out/a.json'), 'utf8')) as {
      tests: { detection: string; test: string }[];
    };
    expect(tests.map(({ detection, test: name }) => `${detection} > ${name}`)).toEqual(['Small One > Fires']);
    expect(readFileSync(join(repository.root, 'out/b.xml'), 'utf8')).toContain('<testcase name="Fires"');
    const none = await detc(repository, '-t', 'nothing like it');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('no test matches')]);
  });

  test('--changed follows macros within macros, lookups, data and removed files', async () => {
    const repository = connected();
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', repository.root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        stdio: 'pipe',
      });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'all');
    const changed = async () => Object.keys(statuses(await report(repository, '--changed', 'HEAD')));
    expect(await changed()).toEqual([]);
    repository.write('macros/evil.yml', 'name: evil\ndefinition: process=evil*\ndescription: d\n');
    expect(await changed()).toEqual(['By Macro']);
    git('checkout', '-q', '.');
    repository.write('lookups/people.csv', 'user,team\nann,red\n');
    expect(await changed()).toEqual(['By Lookup']);
    git('checkout', '-q', '.');
    rmSync(join(repository.root, 'macros/evil.yml'));
    expect(await changed()).toEqual(['By Macro']);
    git('checkout', '-q', '.');
    repository.write('datasets/events.json', `${events[2]}\n`);
    expect(await changed()).toEqual(['By Itself', 'By Lookup', 'By Macro']);
  });

  test('unchanged tests are taken from the cache, and an edit of what they reach is noticed', async () => {
    const repository = connected();
    const cached = async () => {
      const { stdout } = await detc(repository);
      return [...stdout.matchAll(/✓ (By \w+) .*, cached/g)].map((match) => match[1]);
    };
    expect(await cached()).toEqual([]);
    expect(await cached()).toEqual(['By Itself', 'By Lookup', 'By Macro']);
    repository.write('macros/evil.yml', 'name: evil\ndefinition: process=evil*\ndescription: d\n');
    expect(await cached()).toEqual(['By Itself', 'By Lookup']);
    repository.write('lookups/people.csv', 'user,team\nann,red\nbob,red\n');
    expect(await cached()).toEqual(['By Itself', 'By Macro']);
    repository.write('datasets/events.json', `${events.join('\n')}\n${events[0]}\n`);
    expect(await cached()).toEqual([]);
    // The same size, and the time of change set back.
    const data = join(repository.root, 'datasets/events.json');
    const { atime, mtime } = statSync(data);
    expect(await cached()).toEqual(['By Itself', 'By Lookup', 'By Macro']);
    writeFileSync(data, readFileSync(data, 'utf8').replaceAll('evil.exe', 'good.exe'));
    utimesSync(data, atime, mtime);
    expect(await cached()).toEqual([]);
    writeFileSync(data, readFileSync(data, 'utf8').replaceAll('good.exe', 'evil.exe'));
    utimesSync(data, atime, mtime);
    repository.write('tests/by_itself.yml', 'Fires:\n  rows: 1\n');
    expect(await cached()).toEqual(['By Lookup', 'By Macro']);
    expect((await detc(repository, '--no-cache')).stdout).not.toContain('cached');
  });

  test('--watch runs again what an edit touches, survives broken content, and ignores its own report', async () => {
    const repository = connected();
    const child = spawn(
      process.execPath,
      [compiled.cli, 'test', '--watch', '--no-cache', '--reporter', 'json', '--out', 'report.json'],
      { cwd: repository.root, env: environment() },
    );
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    let seen = 0;
    /** Waits for the next run and returns what it says of tests on standard error. */
    const next = async (): Promise<string> => {
      for (let tries = 0; tries < 600; tries++) {
        const end = / Time {3}.*\n/.exec(stderr.slice(seen));
        if (end) {
          const text = stderr.slice(seen, seen + end.index);
          seen += end.index + end[0].length;
          return text;
        }
        await promisify(setTimeout)(50);
      }
      throw new Error(`no further run: ${stderr.slice(seen)}`);
    };
    try {
      expect(await next()).toContain('3 passed');
      await promisify(setTimeout)(400);
      expect(stderr.slice(seen)).toBe('');
      repository.write('macros/evil.yml', 'name: evil\ndefinition: process=none\ndescription: d\n');
      const second = await next();
      expect([...second.matchAll(/✓ (By \w+).*cached/g)].map((match) => match[1])).toEqual([
        'By Itself',
        'By Lookup',
      ]);
      expect(second).toMatch(/✓ By Macro .*(?<!cached)\n/);
      repository.write('detections/endpoint/by_itself.yml', 'name: [broken');
      expect(await next()).toContain('by_itself.yml');
      repository.detection('By Itself', { search: 'sourcetype=_json action=never' });
      expect(await next()).toContain('1 failed');
    } finally {
      child.kill();
    }
  });
});
