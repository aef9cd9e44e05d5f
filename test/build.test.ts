// detc build as a process: golden app, the same bytes everywhere, whole at every moment, contained.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readConf } from '../src/conf/read.js';
import { compileCli } from './compiled.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const golden = join(import.meta.dirname, 'golden', 'app');
const appid = 'awkward_content';
let program: Awaited<ReturnType<typeof compileCli>>;
let folder: string;
let repository: string;
beforeAll(async () => {
  program = await compileCli();
});
afterAll(() => rmSync(program.folder, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-build-'));
  repository = join(folder, 'repository');
  cpSync(join(golden, 'repository'), repository, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const detc = (args: readonly string[], environment: Record<string, string> = {}, umask = '022') => {
  const result = spawnSync(
    'sh',
    ['-c', `umask ${umask}; exec "$0" "$@"`, process.execPath, program.cli, ...args],
    {
      encoding: 'utf8',
      cwd: folder,
      env: { ...process.env, SOURCE_DATE_EPOCH: '', ...environment },
    },
  );
  return { code: result.status, out: result.stdout, errors: result.stderr };
};
const buildInto = (out: string, ...more: string[]) =>
  detc(['build', '-C', repository, '--out', out, ...more]);

/** Path → bytes of all files below a folder. */
function tree(root: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      found.set(path.slice(root.length + 1), readFileSync(path));
    }
  return new Map([...found].sort());
}
/** Of all but the cache, which knows times and places. */
function digest(root: string): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of tree(root))
    if (!path.startsWith('.detc/cache/')) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

describe('build', () => {
  test('makes the golden app and api', () => {
    const out = join(folder, 'dist');
    const result = buildInto(out, '--only', 'app,api');
    expect(result.code).toBe(0);
    expect(result.errors).toContain('0 errors and 1 warning in 1 file');
    const made = new Map([...tree(out)].filter(([path]) => !/\.tar\.gz$|^\.detc/.test(path)));
    const expected = join(golden, 'expected');
    if (process.env['UPDATE']) {
      rmSync(expected, { recursive: true, force: true });
      for (const [path, bytes] of made) {
        mkdirSync(dirname(join(expected, path)), { recursive: true });
        writeFileSync(join(expected, path), bytes);
      }
    }
    const wanted = tree(expected);
    expect([...made.keys()]).toEqual([...wanted.keys()]);
    for (const [path, bytes] of made)
      expect(bytes.toString('utf8'), path).toBe(wanted.get(path)?.toString('utf8'));
  });

  test('what was written reads back, key by key', () => {
    const out = join(folder, 'dist');
    buildInto(out, '--only', 'app');
    const text = readFileSync(join(out, appid, 'default/savedsearches.conf'), 'utf8');
    const { stanzas, diagnostics } = readConf(text);
    expect(diagnostics).toEqual([]);
    const stanza = stanzas.find(({ name }) => name === 'AWK - Awkward Path - Rule');
    const value = (key: string) => stanza?.entries.find((entry) => entry.key === key)?.value;
    expect(value('description')).toBe('Finds C:\\Windows\\');
    expect(value('action.escu.how_to_implement')).toBe(
      'Two lines of DOS text: \nthe second ends in a backslash \\',
    );
    expect(value('action.escu.known_false_positives')).toBe('Größe, 漢字 and 😀 are letters too.');
    expect(JSON.parse(value('action.notable.param.drilldown_searches') ?? '')).toHaveLength(2);
    expect(JSON.parse(readFileSync(join(out, appid, 'app.manifest'), 'utf8')).info.title).toBe(
      'Awkward "Content"',
    );
  });

  test('is the same bytes in another folder, time zone, language and umask', () => {
    const one = join(folder, 'one');
    const other = join(folder, 'deep', 'er', 'other');
    expect(detc(['build', '-C', repository, '--out', one], { TZ: 'Asia/Kathmandu', LANG: 'C' }).code).toBe(0);
    const copy = join(folder, 'copy of it');
    cpSync(repository, copy, { recursive: true });
    const environment = { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
    expect(detc(['build', '-C', copy, '--out', other], environment, '077').code).toBe(0);
    expect(digest(other)).toBe(digest(one));
    expect(buildInto(one).code).toBe(0);
    expect(digest(other)).toBe(digest(one));
  });

  test('is the same bytes, with the same findings, however many threads make it', () => {
    const large = join(folder, 'large');
    cpSync(repository, large, { recursive: true });
    const detection = readFileSync(join(large, 'detections/endpoint/mailed_hunt.yml'), 'utf8');
    for (let index = 0; index < 420; index++)
      writeFileSync(
        join(large, `detections/endpoint/hunt_${index}.yml`),
        detection
          .replaceAll('mailed_hunt', `hunt_${index}`)
          .replace(/^name: .*/m, `name: Hunt ${index}`)
          .replace(/^id: .{8}/m, `id: ${String(10_000_000 + index)}`),
      );
    writeFileSync(join(large, 'detections/endpoint/hunt_7.yml'), 'name: [');
    const outcomes = ['1', '2', '4'].map((jobs) => {
      const out = join(folder, `out-${jobs}`);
      const result = detc([
        'build',
        '-C',
        large,
        '--out',
        out,
        '--keep-going',
        '--only',
        'app,api',
        '--jobs',
        jobs,
      ]);
      return { code: result.code, errors: result.errors, digest: digest(out) };
    });
    expect(outcomes[0]?.code).toBe(1);
    expect(outcomes[0]?.errors).toMatch(/\b1 error and \d+ warnings in \d+ files/);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  }, 120_000);

  test('takes its date from SOURCE_DATE_EPOCH', () => {
    const out = join(folder, 'dist');
    detc(['build', '-C', repository, '--out', out, '--only', 'app'], { SOURCE_DATE_EPOCH: '1700000000' });
    expect(readFileSync(join(out, appid, 'default/app.conf'), 'utf8')).toContain('build = 20231114221320');
    expect(existsSync(join(out, appid, 'lookups/data_sources_20231114.csv'))).toBe(true);
    expect(detc(['build', '-C', repository], { SOURCE_DATE_EPOCH: 'today' }).code).toBe(2);
  });

  test('the archive has one root folder, plain modes and no dot files', () => {
    const out = join(folder, 'dist');
    buildInto(out, '--only', 'app');
    const { stdout } = spawnSync('tar', ['tvzf', join(out, `${appid}-1.2.3.tar.gz`)], { encoding: 'utf8' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines)
      expect(line).toMatch(/^(d(rwxr-xr-x)|-(rw-r--r--)) root\/root .* awkward_content\/(?!.*\/\.)/);
  });
});

describe('build with faults', () => {
  const break_ = (file: string, from: string, to: string) => {
    const path = join(repository, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };

  test('writes nothing when there are errors, and the rest with --keep-going', () => {
    const out = join(folder, 'dist');
    buildInto(out, '--only', 'app');
    const before = digest(out);
    break_('detections/endpoint/mailed_hunt.yml', 'type: Hunting', 'type: [Hunting]');
    const refused = buildInto(out, '--only', 'app');
    expect(refused).toMatchObject({ code: 1, out: 'nothing written: 1 error\n' });
    expect(refused.errors).toContain('mailed_hunt.yml:7:7: error[schema]');
    expect(digest(out)).toBe(before);
    const rest = buildInto(out, '--only', 'app', '--keep-going');
    expect(rest.code).toBe(1);
    expect(rest.out).toContain('1 detection, 1 error');
    const text = readFileSync(join(out, appid, 'default/savedsearches.conf'), 'utf8');
    expect(text).toContain('[AWK - Awkward Path - Rule]');
    expect(text).not.toContain('Mailed Hunt');
  });

  test.each([
    ['--only', 'pages'],
    ['--out', '.'],
    ['--out', '/'],
    ['--out', 'repository'],
    ['--out', 'repository/detections/out'],
    ['--frobnicate', 'x'],
  ])('%s %s is wrong usage', (...args) => {
    expect(detc(['build', '-C', repository, ...args]).code).toBe(2);
    expect(existsSync(join(folder, 'repository/detections/out'))).toBe(false);
  });

  test('links in the repository are not followed', () => {
    writeFileSync(join(folder, 'secret.csv'), 'secret\n');
    rmSync(join(repository, 'lookups/tools.csv'));
    symlinkSync(join(folder, 'secret.csv'), join(repository, 'lookups/tools.csv'));
    symlinkSync(folder, join(repository, 'app_template/static'));
    const { code } = buildInto(join(folder, 'dist'), '--keep-going');
    expect(code).toBe(1);
    for (const [path, bytes] of tree(join(folder, 'dist')))
      expect(bytes.includes('secret\n'), path).toBe(false);
  });
});

describe('kill -9', () => {
  test('leaves the old build or the new one, and what is not ours', async () => {
    const out = join(folder, 'dist');
    const ours = () => [`${appid}/`, `${appid}-1.2.3.tar.gz`, 'api/'];
    const state = () => {
      const hash = createHash('sha256');
      for (const [path, bytes] of tree(out))
        if (ours().some((start) => path.startsWith(start))) hash.update(`${path}\0`).update(bytes);
      return hash.digest('hex');
    };
    const versions = ['Counts hosts.', 'Counts hosts again.'];
    const setVersion = (index: number) => {
      const path = join(repository, 'baselines/count_hosts.yml');
      const text = readFileSync(join(golden, 'repository/baselines/count_hosts.yml'), 'utf8');
      writeFileSync(path, text.replace(versions[0]!, versions[index]!));
    };
    const known: string[] = [];
    let duration = 0;
    for (const index of [0, 1]) {
      setVersion(index);
      const started = performance.now();
      expect(buildInto(out, '--only', 'app,api').code).toBe(0);
      duration = performance.now() - started;
      known.push(state());
    }
    expect(known[0]).not.toBe(known[1]);
    mkdirSync(join(out, 'js'));
    writeFileSync(join(out, 'js/cli.js'), 'not ours');
    for (let round = 0; round < 12; round++) {
      setVersion(round % 2);
      const child = spawn(
        process.execPath,
        [program.cli, 'build', '-C', repository, '--out', out, '--only', 'app,api'],
        {
          stdio: 'ignore',
          cwd: folder,
        },
      );
      const ended = new Promise((resolve) => child.on('exit', resolve));
      // Most kills near the end, where the output changes.
      const moment = duration * (round < 3 ? Math.random() : 0.6 + 0.4 * Math.random());
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, moment))]);
      child.kill('SIGKILL');
      await ended;
      expect(known).toContain(state());
    }
    setVersion(0);
    expect(buildInto(out, '--only', 'app,api').code).toBe(0);
    expect(state()).toBe(known[0]);
    expect(readFileSync(join(out, 'js/cli.js'), 'utf8')).toBe('not ours');
    expect(readdirSync(folder).sort()).toEqual(['dist', 'repository']);
  });
});
