// Downloads against servers that misbehave, and the ways a dataset is found or explained away.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { download, isIntact } from '../../../src/testing/data/download.js';
import { locate, parseDataRoot } from '../../../src/testing/data/locate.js';

const body = Buffer.from(Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(''));
let server: Server | undefined;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-data-'));
});
afterEach(
  () =>
    new Promise<void>((done) =>
      server ? (server.closeAllConnections(), server.close(() => done())) : done(),
    ),
);

/** Starts a server and returns the address of a file on it. */
async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/windows.log`;
}
const options = { stallMs: 300, attempts: 2 };
/** For downloads that succeed: time for a busy machine, and a server that cuts only when its bytes have arrived. */
function patient(cut: () => void = () => {}) {
  let timer: NodeJS.Timeout | undefined;
  const progress = (): void => {
    timer ??= setTimeout(cut, 200);
  };
  return { stallMs: 20_000, attempts: 2, progress };
}
const target = () => join(folder, 'windows.log');

describe('download', () => {
  test('a whole file ends in the cache with its checksum', async () => {
    const url = await serve((_, response) => response.end(body));
    await download(url, target(), options);
    expect(readFileSync(target()).equals(body)).toBe(true);
    const meta = JSON.parse(readFileSync(`${target()}.json`, 'utf8')) as { sha256: string };
    expect(meta.sha256).toBe(createHash('sha256').update(body).digest('hex'));
    expect(readdirSync(folder).sort()).toEqual(['windows.log', 'windows.log.json']);
    expect(await isIntact(target())).toBe(true);
    writeFileSync(target(), 'changed');
    expect(await isIntact(target())).toBe(false);
  });

  test('a cut download goes on where it stopped', async () => {
    const ranges: (string | undefined)[] = [];
    let cut = () => {};
    const url = await serve((request, response) => {
      ranges.push(request.headers.range);
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      response.setHeader('etag', '"v1"');
      response.setHeader('content-length', body.length - from);
      if (from > 0) {
        response.statusCode = 206;
        response.setHeader('content-range', `bytes ${from}-${body.length - 1}/${body.length}`);
        response.end(body.subarray(from));
      } else {
        cut = () => void response.destroy();
        response.write(body.subarray(0, 1000));
      }
    });
    await download(
      url,
      target(),
      patient(() => cut()),
    );
    expect(ranges[0]).toBeUndefined();
    expect(ranges[1]).toMatch(/^bytes=\d+-$/);
    expect(readFileSync(target()).equals(body)).toBe(true);
  });

  test('a file that changed meanwhile is fetched anew', async () => {
    let calls = 0;
    let cut = () => {};
    const url = await serve((request, response) => {
      calls++;
      response.setHeader('etag', `"v${calls}"`);
      if (calls === 1) {
        response.setHeader('content-length', body.length);
        cut = () => void response.destroy();
        response.write(body.subarray(0, 1000));
      } else {
        expect(request.headers['if-range']).toBe('"v1"');
        response.end(body); // a 200: the range no longer fits
      }
    });
    await download(
      url,
      target(),
      patient(() => cut()),
    );
    expect(readFileSync(target()).equals(body)).toBe(true);
  });

  const faults: { title: string; listener: RequestListener; reason: RegExp }[] = [
    {
      title: 'a server that stalls',
      listener: (_, r) => r.write('x'),
      reason: /nothing arrived for 0\.3 seconds/,
    },
    { title: 'a server that never answers', listener: () => {}, reason: /nothing arrived for 0\.3 seconds/ },
    {
      title: 'a server that cuts',
      listener: (_, r) => (r.setHeader('content-length', 9), r.write('abc', () => r.destroy())),
      reason: /cut|ended after|closed|aborted/,
    },
    {
      title: '404',
      listener: (_, r) => r.writeHead(404).end('no'),
      reason: /has no such file \(404\)/,
    },
    {
      title: '500',
      listener: (_, r) => r.writeHead(500).end('no'),
      reason: /answered 500 \(tried 2 times\)/,
    },
    {
      title: 'a redirect in a circle',
      listener: (q, r) => (r.writeHead(302, { location: q.url! }), r.end()),
      reason: /redirects more than 5 times/,
    },
    {
      title: 'a redirect to a file',
      listener: (_, r) => (r.writeHead(302, { location: 'file:///etc/passwd' }), r.end()),
      reason: /redirects to "file:"/,
    },
    {
      title: 'a file that is too large',
      listener: (_, r) => r.end(body),
      reason: /bytes, more than the 100 allowed/,
    },
  ];
  for (const { title, listener, reason } of faults) {
    test(`${title} is a clear fault and leaves nothing that counts as data`, async () => {
      const url = await serve(listener);
      const limit = title.includes('too large') ? { maxBytes: 100 } : {};
      await expect(download(url, target(), { ...options, ...limit })).rejects.toThrow(reason);
      expect(existsSync(target())).toBe(false);
    });
  }

  test('more bytes than announced are not kept', async () => {
    const url = await serve((request) => {
      request.socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length + 10}\r\n\r\n${body.toString()}`);
    });
    await expect(download(url, target(), options)).rejects.toThrow(/cut|ended|closed|tried/);
    expect(existsSync(target())).toBe(false);
  });

  test('redirects are followed', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/data/windows.log') response.writeHead(302, { location: '/other' }).end();
      else response.end(body);
    });
    await download(url, target(), options);
    expect(readFileSync(target()).equals(body)).toBe(true);
  });
});

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
    const url = await serve((_, response) => (calls++, response.end(body)));
    const first = await find(url, { offline: false });
    expect(first).toHaveProperty('file');
    expect(await find(url, { offline: true })).toEqual(first);
    expect(calls).toBe(1);
  });
});
