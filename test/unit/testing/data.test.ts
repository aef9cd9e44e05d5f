// The ways a dataset is found or explained away.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  downloadLimits,
  type Located,
  locate,
  locateAll,
  parseDataRoot,
} from '../../../src/testing/data/locate.js';

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
      expect(await find('https://[bad', { offline })).toEqual({
        missing: '"https://[bad" is no address',
        isOwed: true,
      });
    expect(await find('datasets/b.log')).toEqual({
      missing: '"datasets/b.log" does not exist in the repository',
      isOwed: true,
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

  test('what an earlier version kept that is no data is fetched anew', async () => {
    const url = await serve((_, response) => response.end(body));
    const { file } = (await find(url, { offline: false })) as { file: string };
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';
    writeFileSync(file, pointer);
    const sha256 = createHash('sha256').update(pointer).digest('hex');
    writeFileSync(`${file}.json`, JSON.stringify({ url, bytes: pointer.length, sha256 }));
    expect(await find(url)).toEqual({ missing: expect.stringContaining('not in the cache') as string });
    expect(existsSync(file)).toBe(false);
    expect(await find(url, { offline: false })).toEqual({ file });
    expect(readFileSync(file)).toEqual(body);
  });
});

describe('many downloads', () => {
  const all = (wanted: readonly string[], more: object = {}): Promise<Map<string, Located>> =>
    locateAll(wanted, {
      root: folder,
      dataRoots: [],
      offline: false,
      cache: join(folder, 'cache'),
      stallMs: 400,
      attempts: 3,
      ...more,
    });
  const names = (url: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${url}?${index}`);
  const reasons = (found: Map<string, Located>): string[] =>
    [...found.values()].map((one) =>
      'missing' in one ? one.missing.replace(/:\d{3,}/g, '').replace(/: http.*/, '') : 'file',
    );

  test('come several at a time, and every one has its own file', async () => {
    let open = 0;
    let most = 0;
    const url = await serve((request, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end(`${request.url}\n`);
      }, 30);
    });
    const wanted = names(url, 20);
    const told: number[] = [];
    const found = await all(wanted, { started: (done: number) => told.push(done) });
    expect(most).toBe(6);
    expect(told).toHaveLength(20);
    for (const one of wanted)
      expect(readFileSync((found.get(one) as { file: string }).file, 'utf8')).toBe(
        `/data/windows.log${one.slice(one.indexOf('?'))}\n`,
      );
  });

  test('a host that stalls is waited for once, not for each of its files', async () => {
    let asked = 0;
    const url = await serve(() => {
      asked++;
    });
    const started = performance.now();
    const found = await all(names(url, 200));
    expect(performance.now() - started).toBeLessThan(4000);
    expect(asked).toBeLessThanOrEqual(12);
    const said = reasons(found);
    expect(said).toHaveLength(200);
    expect(said[0]).toBe('download failed: nothing arrived for 0.4 seconds');
    expect(said.at(-1)).toMatch(
      /^download failed: 127\.0\.0\.1 is not asked any more after \d+ files in a row failed: nothing arrived for 0\.4 seconds$/,
    );
  });

  test('a host that refuses is soon left alone', async () => {
    const started = performance.now();
    const said = reasons(await all(names('http://127.0.0.1:9/x.log', 200)));
    expect(performance.now() - started).toBeLessThan(4000);
    expect(said[0]).toMatch(/refused/);
    expect(said.at(-1)).toMatch(
      /is not asked any more after \d+ files in a row failed: the connection was refused/,
    );
  });

  test('a file that stalls does not keep the others of its host away', async () => {
    const url = await serve((request, response) => {
      const number = Number(request.url?.split('?')[1]);
      if (number % 5 === 0) return;
      if (number % 5 === 1) response.writeHead(404).end();
      else response.end(body);
    });
    const said = reasons(await all(names(url, 20)));
    expect(said.filter((one) => one === 'file')).toHaveLength(12);
    expect(said.filter((one) => one.includes('has no such file (404)'))).toHaveLength(4);
    expect(said.filter((one) => one.includes('nothing arrived'))).toHaveLength(4);
  });

  test('a host that drips is left when the time of a download is over', async () => {
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(3000, 'x')), 5);
      response.on('close', () => clearInterval(timer));
    });
    const started = performance.now();
    const said = reasons(await all(names(url, 50), { limitMs: 500 }));
    expect(performance.now() - started).toBeLessThan(4000);
    expect(said.filter((one) => one.includes('is not asked any more: not complete')).length).toBeGreaterThan(
      40,
    );
  });

  test('the time of all downloads is bounded', async () => {
    const url = await serve((_, response) => setTimeout(() => response.end(body), 150));
    const said = reasons(await all(names(url, 100), { allMs: 500 }));
    expect(said.filter((one) => one === 'file').length).toBeGreaterThan(0);
    expect(said.at(-1)).toMatch(/^not downloaded: the time for all downloads is over; run again/);
  });

  test('the limits follow that of a test', () => {
    expect(downloadLimits(60_000)).toEqual({ stallMs: 20_000, limitMs: 600_000, allMs: 3_600_000 });
    expect(downloadLimits(5000).stallMs).toBe(5000);
  });
});
