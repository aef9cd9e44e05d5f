// The ways a dataset is found or explained away.
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { locate, parseDataRoot } from '../../../src/testing/data/locate.js';

const body = Buffer.from(Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(''));
let server: Server | undefined;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-data-'));
});
afterEach(
  () =>
    new Promise<void>((done) => {
      if (server === undefined) return done();
      server.closeAllConnections();
      server.close(() => done());
    }),
);

/** Starts a server and returns the address of a file on it. */
async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/windows.log`;
}
const options = { stallMs: 20_000, attempts: 2 };

describe('locate', () => {
  const find = (data: string, more: Partial<Parameters<typeof locate>[1]> = {}) =>
    locate(data, {
      root: folder,
      dataRoots: [],
      offline: true,
      cache: join(folder, 'cache'),
      ...options,
      ...more,
    });

  test('a path in the repository', async () => {
    mkdirSync(join(folder, 'datasets'));
    writeFileSync(join(folder, 'datasets', 'a.log'), 'x');
    expect(await find('datasets/a.log')).toEqual({ file: join(folder, 'datasets', 'a.log') });
    for (const offline of [true, false])
      expect(await find('https://[bad', { offline })).toEqual({ missing: '"https://[bad" is no address' });
    expect(await find('datasets/b.log')).toEqual({
      missing: '"datasets/b.log" does not exist in the repository',
    });
  });

  test('paths and links that lead out are not followed', async () => {
    symlinkSync('/etc/passwd', join(folder, 'link'));
    expect(await find('../../../etc/passwd')).toHaveProperty('missing');
    expect(await find('/etc/passwd')).toHaveProperty('missing');
    expect(await find('link')).toHaveProperty('missing');
  });

  test('a URL under a data root', async () => {
    mkdirSync(join(folder, 'mirror', 'T1 2'), { recursive: true });
    writeFileSync(join(folder, 'mirror', 'T1 2', 'a.log'), 'x');
    const root = parseDataRoot(`https://example.org/data/=${join(folder, 'mirror')}`, folder)!;
    const dataRoots = [root];
    expect(await find('https://example.org/data/T1%202/a.log', { dataRoots })).toHaveProperty('file');
    expect(await find('https://example.org/data/b.log', { dataRoots })).toHaveProperty('missing');
    expect(parseDataRoot('nonsense', folder)).toBeUndefined();
  });

  test('offline is said, a Git LFS pointer is explained', async () => {
    expect(await find('https://example.org/x.log')).toEqual({
      missing: 'not in the cache, and --offline keeps it from being downloaded: https://example.org/x.log',
    });
    writeFileSync(
      join(folder, 'p.log'),
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
    );
    expect(await find('p.log')).toMatchObject({
      missing: expect.stringContaining('Git LFS pointer') as string,
    });
  });

  test('a second run takes the cached file without asking the server', async () => {
    let calls = 0;
    const url = await serve((_, response) => {
      calls++;
      response.end(body);
    });
    const first = await find(url, { offline: false });
    expect(first).toHaveProperty('file');
    expect(await find(url, { offline: true })).toEqual(first);
    expect(calls).toBe(1);
  });
});
