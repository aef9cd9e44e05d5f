// The receipt of a build: taken while everything that the build read is the same, and not for a moment longer.
import fs, {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type BuildOptions, build } from '../../../src/build.js';
import { Inputs } from '../../../src/cache/inputs.js';
import { Receipt } from '../../../src/cache/receipt.js';
import { contentFolders } from '../../../src/content/kinds.js';
import { Tree } from '../../../src/content/tree.js';

vi.setConfig({ testTimeout: 120_000 });
const golden = join(import.meta.dirname, '../../golden/app/repository');
let folder: string;
let root: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-receipt-'));
  root = join(folder, 'repository');
  out = join(folder, 'dist');
  cpSync(golden, root, { recursive: true });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const detection = 'detections/endpoint/mailed_hunt.yml';
function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Whether a build was told by a receipt, and what it says. */
async function outcome(more: Partial<BuildOptions> = {}, into = out) {
  const finding = vi.spyOn(Receipt.prototype, 'find');
  try {
    const { source, ...result } = await build({
      root,
      out: into,
      only: ['app', 'api'],
      keepGoing: true,
      ...more,
    });
    const isTold = finding.mock.results[0]?.value !== undefined;
    const files = [...new Set(result.diagnostics.map(({ file }) => file))];
    return { isTold, said: { ...result, sources: files.map((file) => source(file)) } };
  } finally {
    finding.mockRestore();
  }
}
const fresh = (more?: Partial<BuildOptions>) => outcome(more, join(folder, `fresh-${Math.random()}`));

/** Files that content names outside of its folders. */
const naming = (path: string) =>
  write(
    detection,
    read(detection).replace(/^tests:.*\n(?: .*\n|\n)*/m, '') +
      `tests:\n- name: One\n  attack_data:\n  - data: ${path}\n    source: a\n    sourcetype: b\n`,
  );

test('a build of what is the same is told by the receipt, and says the same', async () => {
  naming('datasets/one.log');
  const first = await outcome();
  expect(first.isTold).toBe(false);
  expect(first.said.diagnostics).not.toEqual([]);
  const second = await outcome();
  expect(second).toEqual({ isTold: true, said: first.said });
  expect(second.said).toEqual((await fresh()).said);
});

describe('a receipt is not believed', () => {
  test.each<[string, () => void, Partial<BuildOptions>?]>([
    ['a byte of a detection is another', () => write(detection, read(detection).replace('First', 'Frist'))],
    [
      'that was changed behind the back of its time',
      () => {
        const { atime, mtime } = statSync(join(root, detection));
        write(detection, read(detection).replace('First', 'Frist'));
        utimesSync(join(root, detection), atime, mtime);
      },
    ],
    ['a file is gone', () => rmSync(join(root, detection))],
    ['a file is there', () => write('lookups/more.csv', 'a,b\n1,2\n')],
    ['a file has another name', () => renameSync(join(root, detection), join(root, `${detection}~`))],
    ['the app template has one more file', () => write('app_template/default/more.conf', '[a]\nb = 1\n')],
    ['a file that content names is there', () => write('datasets/one.log', 'a=1\n')],
    ['a setting is another', () => write('detc.yml', `${read('detc.yml')}\n# more\n`)],
    ['strict is asked for', () => {}, { strict: true }],
    ['another time is asked for', () => {}, { epoch: 1_000_000_000 }],
    ['other formats are asked for', () => {}, { only: ['api'] }],
    ['errors are no longer passed over', () => {}, { keepGoing: false }],
    ['it is another day', () => vi.useFakeTimers({ now: Date.now() + 86_400_000, toFake: ['Date'] })],
    ['an output is gone', () => rmSync(join(out, 'api/coverage.json'))],
    ['an output is another', () => writeFileSync(join(out, 'api/coverage.json'), 'x')],
    [
      'it is cut short',
      () =>
        writeFileSync(
          join(out, '.detc/cache/receipt'),
          readFileSync(join(out, '.detc/cache/receipt')).subarray(0, -9),
        ),
    ],
    [
      'it is of another program',
      () =>
        writeFileSync(
          join(out, '.detc/cache/receipt'),
          readFileSync(join(out, '.detc/cache/receipt'), 'utf8').replace(/^\S+/, 'x'),
        ),
    ],
    ['it is gone', () => rmSync(join(out, '.detc/cache/receipt'))],
  ])('when %s', async (_, change, more) => {
    naming('datasets/one.log');
    await outcome();
    expect((await outcome()).isTold).toBe(true);
    change();
    const next = await outcome(more);
    expect(next.isTold).toBe(false);
    expect(next.said).toEqual((await fresh(more)).said);
  });
});

test('a file that content names, and that is there, is told by its state when that is beyond doubt', async () => {
  write('datasets/one.log', 'a=1\n');
  naming('datasets/one.log');
  await outcome();
  expect((await outcome()).isTold).toBe(false);
  await setTimeout(2100);
  await build({ root, out, only: ['app', 'api'], keepGoing: true });
  expect((await outcome()).isTold).toBe(true);
  rmSync(join(root, 'datasets/one.log'));
  const next = await outcome();
  expect(next.isTold).toBe(false);
  expect(next.said).toEqual((await fresh()).said);
});

test('a change of what a build does not read leaves the receipt', async () => {
  await outcome();
  write('notes/README.md', 'more');
  expect((await outcome()).isTold).toBe(true);
});

test('what lies in a folder that a link leads to counts', async () => {
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(join(elsewhere, 'inside'), { recursive: true });
  writeFileSync(join(elsewhere, 'inside/a.csv'), 'a\n1\n');
  symlinkSync(elsewhere, join(root, 'lookups/link'));
  // Links may lead in circles.
  symlinkSync(elsewhere, join(elsewhere, 'inside/again'));
  await outcome();
  expect((await outcome()).isTold).toBe(true);
  writeFileSync(join(elsewhere, 'inside/a.csv'), 'a,b\n1,2\n');
  const next = await outcome();
  expect(next.isTold).toBe(false);
  expect(next.said).toEqual((await fresh()).said);
  expect((await outcome()).isTold).toBe(true);
});

test.each([
  ['the repository', () => root],
  ['a folder that holds it', () => folder],
])('there is no receipt where a link leads to %s', async (_, target) => {
  symlinkSync(target(), join(root, 'lookups/link'));
  await outcome();
  expect((await outcome()).isTold).toBe(false);
});

test('a file that changes while a build runs is read by the next one', async () => {
  await outcome();
  write(detection, read(detection).replace('First', 'Frist'));
  const text = read(detection);
  await build({
    root,
    out,
    only: ['app', 'api'],
    keepGoing: true,
    onProgress: (stage) => {
      if (stage === 'app') write(detection, text.replace('Frist', 'Third'));
    },
  });
  const next = await outcome();
  expect(next.isTold).toBe(false);
  expect(next.said).toEqual((await fresh()).said);
});

test('a build reads nothing of a repository but what its receipt tells', async () => {
  write('datasets/one.log', 'a=1\n');
  naming('datasets/one.log');
  const looked = new Set<string>();
  const names = [
    'readFileSync',
    'openSync',
    'statSync',
    'lstatSync',
    'readdirSync',
    'existsSync',
    'realpathSync',
  ] as const;
  const plain = Object.fromEntries(names.map((name) => [name, fs[name]]));
  for (const name of names) {
    const call = plain[name] as (...args: unknown[]) => unknown;
    const noting = (path: unknown, ...more: unknown[]) => {
      if (typeof path === 'string' && path.startsWith(`${root}/`)) looked.add(relative(root, path));
      return call(path, ...more);
    };
    Object.assign(fs, { [name]: Object.assign(noting, call) });
  }
  syncBuiltinESMExports();
  try {
    await build({ root, out, keepGoing: true });
  } finally {
    Object.assign(fs, plain);
    syncBuiltinESMExports();
  }
  expect(looked).toContain(detection);
  expect(looked).toContain('datasets/one.log');
  const inputs = new Inputs(new Tree(root), out);
  const folders = new Set([...contentFolders, 'app_template', 'static_configs', 'templates', '.detc-cache']);
  const unknown = [...looked].filter(
    (path) => !inputs.has(path) && !folders.has(path.split('/')[0]!) && path !== 'datasets/one.log',
  );
  expect(unknown).toEqual([]);
});
