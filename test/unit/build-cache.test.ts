// The cache of builds: right when it is used, deleted, stale, corrupt, or written by another program.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { build } from '../../src/build.js';
import { kindOf } from '../../src/content/kinds.js';
import { readContentFile } from '../../src/content/read-file.js';
import { restoreFile, storeFile } from '../../src/content/stored-file.js';

vi.setConfig({ testTimeout: 120_000 });
const golden = join(import.meta.dirname, '../golden/app/repository');
let folder: string;
let root: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-cache-'));
  root = join(folder, 'repository');
  out = join(folder, 'dist');
  cpSync(golden, root, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a build says and writes, the cache itself aside. */
async function outcome(into = out) {
  const { diagnostics, isWritten } = await build({ root, out: into, only: ['app', 'api'], keepGoing: true });
  const files = readdirSync(into, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.detc'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(into.length), readFileSync(path).toString('base64')];
    });
  return { diagnostics, isWritten, files: Object.fromEntries(files.sort()) as Record<string, string> };
}
/** The same without any cache. */
const fresh = () => outcome(join(folder, `fresh-${Math.random()}`));
const edit = (file: string, from: string, to: string) => {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};
const eachShard = (change: (path: string) => void) => {
  for (const name of readdirSync(join(out, '.detc/cache'))) change(join(out, '.detc/cache', name));
};

describe('a second build', () => {
  test.each<[string, () => void]>([
    ['nothing changed', () => {}],
    [
      'a detection says something else',
      () => edit('detections/endpoint/mailed_hunt.yml', 'First line', 'Another line'),
    ],
    [
      'a detection has a fault',
      () => edit('detections/endpoint/mailed_hunt.yml', 'type: Hunting', 'type: 7'),
    ],
    ['a detection is gone', () => rmSync(join(root, 'detections/endpoint/mailed_hunt.yml'))],
    ['a macro that a detection calls is gone', () => rmSync(join(root, 'macros/sysmon.yml'))],
    ['a macro is another', () => edit('macros/two.yml', '- b', '- c')],
    [
      'a deployment is another',
      () => edit('deployments/escu_default_configuration_ttp.yml', '-70m@m', '-90m@m'),
    ],
    ['the app is another', () => edit('contentctl.yml', 'label: AWK', 'label: OTHER')],
    ['a story is gone', () => rmSync(join(root, 'stories/quotes.yml'))],
    ['a table is another', () => writeFileSync(join(root, 'lookups/tools.csv'), 'tool,kind\na,b,c\n')],
    ['a table is gone', () => rmSync(join(root, 'lookups/tools.csv'))],
    [
      'the shards are cut short',
      () => eachShard((path) => writeFileSync(path, readFileSync(path).subarray(0, 99))),
    ],
    [
      'a byte of every shard is another',
      () =>
        eachShard((path) => {
          const bytes = readFileSync(path);
          bytes[bytes.length - 1]! ^= 1;
          writeFileSync(path, bytes);
        }),
    ],
    [
      'the shards are of another program',
      () => eachShard((path) => writeFileSync(path, readFileSync(path, 'utf8').replace(/^\S+/, 'x'))),
    ],
    ['the cache is gone', () => rmSync(join(out, '.detc/cache'), { recursive: true })],
  ])('is like a first one when %s', async (_, change) => {
    await outcome();
    change();
    const second = await outcome();
    expect(second).toEqual(await fresh());
    expect(await outcome()).toEqual(second);
  });
});

test('a stored file knows its places', () => {
  for (const file of ['detections/endpoint/awkward_path.yml', 'detections/endpoint/mailed_hunt.yml']) {
    const bytes = readFileSync(join(golden, file));
    const read = readContentFile(file, kindOf(file)!, bytes);
    const stored = JSON.parse(JSON.stringify(storeFile(read)!)) as NonNullable<ReturnType<typeof storeFile>>;
    const restored = restoreFile(
      stored,
      file,
      kindOf(file)!,
      () => stored.late,
      () => bytes,
    );
    for (const path of [['name'], ['search'], ['tags', 'assetType'], ['risk', 'message']]) {
      expect(restored.object!.at.value(path)).toEqual(read.object!.at.value(path));
      expect(restored.object!.at.key(path)).toEqual(read.object!.at.key(path));
    }
    expect(restored.object!.at.span(['search'], { start: 3, end: 5 })).toEqual(
      read.object!.at.span(['search'], { start: 3, end: 5 }),
    );
    expect(restored.document?.text).toBe(read.document?.text);
    const inline = (one: typeof read) =>
      one.object?.kind === 'detection' ? one.object.deployment : undefined;
    expect(inline(restored)?.at.value(['name'])).toEqual(inline(read)?.at.value(['name']));
  }
});
