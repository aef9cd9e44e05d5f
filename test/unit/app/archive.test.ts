// The archive: readable by tar, one root folder, fixed modes, and the same bytes for the same files.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { packArchive } from '../../../src/app/archive.js';
import type { OutputFile } from '../../../src/output/output-file.js';

const folder = mkdtempSync(join(tmpdir(), 'detc-archive-'));
afterAll(() => rmSync(folder, { recursive: true }));

const long = `app/${'deep/'.repeat(60)}${'n'.repeat(120)}.csv`;
const files = [
  { path: 'app/default/app.conf', content: '[install]\n' },
  { path: 'app/lookups/ümlaut.csv', content: Buffer.from([0, 1, 2, 255]) },
  { path: 'app/default/big.conf', content: 'line of text\n'.repeat(200_000) },
  { path: long, content: 'x' },
  { path: 'app/empty', content: '' },
];

const packed = async (content: readonly OutputFile[], epoch: number) =>
  Buffer.from((await packArchive('a.tar.gz', content, epoch)).content as Uint8Array);

describe('archive', () => {
  test('tar lists and extracts it', async () => {
    const file = join(folder, 'a.tar.gz');
    writeFileSync(file, await packed(files, 1_700_000_000));
    const listing = execFileSync('tar', ['tvzf', file, '--utc', '--full-time'], {
      encoding: 'utf8',
      env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
    })
      .trimEnd()
      .split('\n');
    expect(listing[0]).toMatch(/^drwxr-xr-x root\/root +0 2023-11-14 22:13:20 app\/$/);
    expect(listing.every((line) => /^(drwxr-xr-x|-rw-r--r--) root\/root .* app\//.test(line))).toBe(true);
    expect(listing.some((line) => line.endsWith(long))).toBe(true);
    expect(
      execFileSync('tar', ['xzOf', file, 'app/default/big.conf'], { encoding: 'utf8', maxBuffer: 2 ** 24 }),
    ).toBe(files[2]!.content);
  });

  test('order of the files does not matter', async () => {
    const one = await packed(files, 5);
    const other = await packed([...files].reverse(), 5);
    expect(one.equals(other)).toBe(true);
    expect([...one.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  });
});
