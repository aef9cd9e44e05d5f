// Downloads against servers that misbehave: each ends in a clear result, and only whole files count as data.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { download, isIntact } from '../../../src/testing/data/download.js';
import { nextAddress } from '../../../src/testing/data/http.js';
import { contentFault } from '../../../src/testing/data/not-data.js';

const body = Buffer.from(Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(''));
const servers: Server[] = [];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-download-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  }
});

/** Starts a server and returns its address. */
async function start(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const serve = async (listener: RequestListener): Promise<string> =>
  `${await start(listener)}/data/windows.log`;

const impatient = { stallMs: 300, attempts: 2 };
/** For downloads that succeed: time for a busy machine, and a server that cuts only when its bytes have arrived. */
function patient(cut: () => void = () => {}) {
  let planned = false;
  const progress = (): void => {
    if (!planned) setTimeout(cut, 200);
    planned = true;
  };
  return { stallMs: 20_000, attempts: 2, progress };
}
const target = () => join(folder, 'windows.log');
const kept = () => readFileSync(target()).equals(body);

describe('a download that succeeds', () => {
  test('ends in the cache with its checksum, and nothing else is left', async () => {
    const url = await serve((_, response) => response.end(body));
    await download(url, target(), patient());
    expect(kept()).toBe(true);
    const meta = JSON.parse(readFileSync(`${target()}.json`, 'utf8')) as { sha256: string };
    expect(meta.sha256).toBe(createHash('sha256').update(body).digest('hex'));
    expect(readdirSync(folder).sort()).toEqual(['windows.log', 'windows.log.json']);
    expect(await isIntact(target())).toBe(true);
    writeFileSync(target(), 'changed');
    expect(await isIntact(target())).toBe(false);
  });

  test('follows redirects, to another host too', async () => {
    const other = await start((_, response) => response.end(body));
    const url = await serve((request, response) => {
      const location = request.url === '/data/windows.log' ? '/moved' : `${other}/x`;
      response.writeHead(302, { location }).end();
    });
    await download(url, target(), patient());
    expect(kept()).toBe(true);
  });

  test('tries again after a fault of the server', async () => {
    let calls = 0;
    const url = await serve((_, response) => {
      if (++calls === 1) response.writeHead(503).end('busy');
      else response.end(body);
    });
    await download(url, target(), patient());
    expect([calls, kept()]).toEqual([2, true]);
  });

  test.each([
    ['gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['br', brotliCompressSync(body)],
  ])('unpacks what was sent as %s although it was not asked for', async (encoding, packed) => {
    const url = await serve((request, response) => {
      expect(request.headers['accept-encoding']).toBe('identity');
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': packed.length }).end(packed);
    });
    await download(url, target(), patient());
    expect(kept()).toBe(true);
  });

  test.each(['absolute address', 'CONNECT'])(
    'goes through the proxy of the environment (%s)',
    async (way) => {
      const origin = await start((_, response) => response.end(body));
      let asked = 0;
      const proxy = await start((request, response) => {
        asked++;
        expect(request.url).toBe(`${origin}/data/windows.log`);
        response.end(body);
      });
      servers.at(-1)!.on('connect', (request, socket) => {
        asked++;
        const [host, port] = String(request.url).split(':');
        const upstream = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.pipe(upstream).pipe(socket);
        });
        for (const end of [upstream, socket]) end.on('error', () => upstream.destroy());
      });
      vi.stubEnv('http_proxy', proxy);
      vi.stubEnv('no_proxy', way === 'CONNECT' ? '' : 'example.org');
      await download(`${origin}/data/windows.log`, target(), patient());
      expect([asked, kept()]).toEqual([1, true]);
    },
  );
});

/** A server whose first answer is cut after some bytes, and whose later ones are the given. */
async function cutFirst(later: RequestListener, etag = '"v1"') {
  const ranges: (string | undefined)[] = [];
  let cut = () => {};
  const url = await serve((request, response) => {
    ranges.push(request.headers.range);
    if (ranges.length > 1) return later(request, response);
    response.writeHead(200, { etag, 'content-length': body.length });
    cut = () => void response.destroy();
    response.write(body.subarray(0, 2000));
  });
  return { url, ranges, options: { ...patient(() => cut()), attempts: 3 } };
}
const from = (request: { headers: { range?: string | undefined } }): number =>
  Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);

describe('a download that was cut', () => {
  const rest: RequestListener = (request, response) => {
    const at = from(request);
    const headers = { etag: '"v1"', 'content-range': `bytes ${at}-${body.length - 1}/${body.length}` };
    response.writeHead(206, headers).end(body.subarray(at));
  };

  test('goes on where it stopped', async () => {
    const { url, ranges, options } = await cutFirst(rest);
    await download(url, target(), options);
    expect(ranges).toEqual([undefined, 'bytes=2000-']);
    expect(kept()).toBe(true);
  });

  test('goes on in another process', async () => {
    const { url, ranges, options } = await cutFirst(rest);
    await expect(download(url, target(), { ...options, attempts: 1 })).rejects.toThrow(/\(tried once\)/);
    expect(existsSync(target())).toBe(false);
    await download(url, target(), options);
    expect(ranges).toEqual([undefined, 'bytes=2000-']);
    expect(kept()).toBe(true);
  });

  const anew: { title: string; etag?: string; later: RequestListener; ranges: (string | undefined)[] }[] = [
    {
      title: 'the file changed: the server answers with all of it',
      later: (request, response) => {
        expect(request.headers['if-range']).toBe('"v1"');
        response.writeHead(200, { etag: '"v2"' }).end(body);
      },
      ranges: [undefined, 'bytes=2000-'],
    },
    {
      title: 'the server knows no ranges',
      later: (_, response) => response.writeHead(200, { etag: '"v1"' }).end(body),
      ranges: [undefined, 'bytes=2000-'],
    },
    {
      title: 'the server sends a part of another file',
      later: (request, response) => {
        if (request.headers.range === undefined) return response.end(body);
        const headers = { etag: '"v2"', 'content-range': `bytes 2000-2999/3000` };
        return response.writeHead(206, headers).end(Buffer.alloc(1000));
      },
      ranges: [undefined, 'bytes=2000-', undefined],
    },
    {
      title: 'the server sends another part than asked for',
      later: (request, response) => {
        if (request.headers.range === undefined) return response.end(body);
        return response.writeHead(206, { etag: '"v1"', 'content-range': 'bytes 0-9/10' }).end('0123456789');
      },
      ranges: [undefined, 'bytes=2000-', undefined],
    },
    {
      title: 'there is no such range any more',
      later: (request, response) => {
        if (request.headers.range === undefined) response.end(body);
        else response.writeHead(416).end();
      },
      ranges: [undefined, 'bytes=2000-', undefined],
    },
    {
      title: 'a weak tag does not promise the same bytes',
      etag: 'W/"v1"',
      later: (_, response) => response.end(body),
      ranges: [undefined, undefined],
    },
  ];
  test.each(anew)('is fetched anew where $title', async ({ etag, later, ranges }) => {
    const server = await cutFirst(later, etag);
    await download(server.url, target(), server.options);
    expect(server.ranges).toEqual(ranges);
    expect(kept()).toBe(true);
  });
});

describe('a download that fails', () => {
  const raw =
    (text: string): RequestListener =>
    (request) =>
      request.socket.end(text);
  const faults: {
    title: string;
    listener: RequestListener;
    reason: RegExp;
    maxBytes?: number;
    limitMs?: number;
  }[] = [
    {
      title: 'the server stalls',
      listener: (_, r) => r.write('x'),
      reason: /^(nothing|only 1 bytes) arrived for 0\.3 seconds$/,
    },
    { title: 'the server never answers', listener: () => {}, reason: /nothing arrived for 0\.3 seconds/ },
    {
      title: 'the server drips',
      listener: (_, r) => {
        const timer = setInterval(() => r.write('x'), 20);
        r.on('close', () => clearInterval(timer));
      },
      reason: /only \d+ bytes arrived for 0\.3 seconds/,
    },
    {
      title: 'the server cuts',
      listener: (_, r) => r.writeHead(200, { 'content-length': 9 }).write('abc', () => r.destroy()),
      reason: /cut|ended after|closed|aborted/,
    },
    {
      title: 'fewer bytes come than were announced',
      listener: raw(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length + 10}\r\n\r\n${body}`),
      reason: /cut|ended|closed/,
    },
    {
      title: 'more bytes come than were announced',
      listener: raw(`HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n${body}`),
      reason: /sent more than the 100 bytes it announced/,
    },
    ...[
      ['and the connection ends', 'HTTP/1.0 200 OK\r\n'],
      ['and the connection is said to end', 'HTTP/1.1 200 OK\r\nconnection: close\r\n'],
      ['in a part of its own', 'HTTP/1.1 200 OK\r\n', 'apart'],
    ].map(([how, head, apart]) => ({
      title: `more bytes come than were announced ${how}`,
      listener: ((request) => {
        const { socket } = request;
        socket.write(`${head}content-length: ${apart ? 1000 : 100}\r\n\r\n${body.subarray(0, 1000)}`);
        setTimeout(() => socket.end(body.subarray(1000)), 5);
      }) as RequestListener,
      reason: /sent more than the \d+ bytes it announced/,
    })),
    {
      title: 'a body in pieces never ends',
      listener: (_, r) => {
        const timer = setInterval(() => r.write(Buffer.alloc(5000, 'x\n')), 5);
        r.on('close', () => clearInterval(timer));
      },
      reason: /^not complete after 1 seconds; run again to go on, or give more time with --timeout$/,
      limitMs: 700,
    },
    {
      title: 'a web page comes, and is called one',
      listener: (_, r) => r.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('Sign in'),
      reason: /^the server sent a web page \(a login, or a message\) instead of the data$/,
    },
    ...[
      '<!DOCTYPE html><title>Sign in</title>',
      '\ufeff\n<?xml version="1.0"?>\n<!-- x -->\n<!doctype HTML>',
      '<HTML lang="en">',
    ].map((page) => ({
      title: `a web page comes, and is called text: ${page.trim().slice(0, 15)}`,
      listener: ((_, r) => r.writeHead(200, { 'content-type': 'text/plain' }).end(page)) as RequestListener,
      reason: /sent a web page/,
    })),
    {
      title: 'a Git LFS pointer comes',
      listener: (_, r) => r.end('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'),
      reason:
        /^the server sent a Git LFS pointer instead of the data; name the address of the file itself, or give a clone/,
    },
    { title: 'nothing comes', listener: (_, r) => r.end(), reason: /^the server sent an empty file$/ },
    {
      title: 'the length is no number',
      listener: raw(`HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n${body}`),
      reason: /tried 2 times/,
    },
    { title: 'the answer is not HTTP', listener: raw('SSH-2.0-server\r\n'), reason: /tried 2 times/ },
    { title: '404', listener: (_, r) => r.writeHead(404).end('no'), reason: /has no such file \(404\)$/ },
    { title: '403', listener: (_, r) => r.writeHead(403).end('no'), reason: /refuses access \(403\)$/ },
    {
      title: '500',
      listener: (_, r) => r.writeHead(500).end('no'),
      reason: /answered 500 \(tried 2 times\)/,
    },
    {
      title: 'redirects go in a circle',
      listener: (q, r) => r.writeHead(302, { location: q.url! }).end(),
      reason: /redirects more than 5 times/,
    },
    {
      title: 'a redirect leads to a file',
      listener: (_, r) => r.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      reason: /redirects to "file:"/,
    },
    {
      title: 'a redirect leads nowhere',
      listener: (_, r) => r.writeHead(302, { location: 'http://[' }).end(),
      reason: /something that is no address/,
    },
    {
      title: 'the file is larger than allowed',
      listener: (_, r) => r.writeHead(200, { 'content-length': body.length }).end(body),
      reason: /bytes, more than the 100 allowed/,
      maxBytes: 100,
    },
    {
      title: 'a file of unknown length grows larger than allowed',
      listener: (_, r) => r.end(body),
      reason: /more than the 100 bytes? ?allowed|more than the 100 allowed|sends more than/,
      maxBytes: 100,
    },
    {
      title: 'a small packed file unpacks to more than allowed',
      listener: (_, r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1e6))),
      reason: /sends more than the 100000 bytes allowed/,
      maxBytes: 100_000,
    },
    {
      title: 'what was packed is damaged',
      listener: (_, r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end(body),
      reason: /cannot be unpacked/,
    },
    {
      title: 'it is packed in an unknown way',
      listener: (_, r) => r.writeHead(200, { 'content-encoding': 'zstd2' }).end(body),
      reason: /packs the file as "zstd2"/,
    },
  ];
  test.each(faults)('$title: a clear fault, and nothing that counts as data', async (fault) => {
    const url = await serve(fault.listener);
    const { maxBytes, limitMs } = fault;
    const limits = { ...(maxBytes ? { maxBytes } : {}), ...(limitMs ? { limitMs } : {}) };
    const message = await download(url, target(), { ...impatient, ...limits }).then(
      () => 'downloaded',
      (error: Error) => error.message,
    );
    expect(message).toMatch(fault.reason);
    expect(existsSync(target())).toBe(false);
    expect(await isIntact(target())).toBe(false);
    // A part that is kept is kept with what tells whether it can be gone on with.
    const left = readdirSync(folder);
    expect(left.includes('windows.log.part.json')).toBe(left.includes('windows.log.part'));
  });

  test('nobody listens', async () => {
    await expect(download('http://127.0.0.1:9/x.log', target(), impatient)).rejects.toThrow(/refused/);
  });

  test.each([
    ['https://a.example/x', 'http://a.example/x', /plain http \(a\.example\)/],
    ['https://a.example/x', 'HTTP://b.example:81/', /plain http \(b\.example:81\)/],
    ['http://a.example/x', 'javascript:alert(1)', /"javascript:"/],
  ])('a redirect from %s to %s is not followed', (source, location, reason) => {
    expect(() => nextAddress(source, location)).toThrow(reason);
  });
  test('a redirect may lead to https, and be relative', () => {
    expect(nextAddress('http://a.example/x/y', '../z')).toBe('http://a.example/z');
    expect(nextAddress('http://a.example/x', 'https://b.example/z')).toBe('https://b.example/z');
  });
});

describe('events are no web page', () => {
  test.each([
    '<Event xmlns="x"><System/></Event>',
    '<14>Oct 1 10:00:00 host app: <html>',
    '<?xml version="1.0"?><Events/>',
  ])('%s', async (text) => {
    const url = await serve((_, response) => response.end(text));
    await download(url, target(), patient());
    expect(readFileSync(target(), 'utf8')).toBe(text);
  });
  test('where a pointer of GitHub leads', () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\n';
    const data = 'the data is at https://media.githubusercontent.com/media/o/r/main/a/b.log';
    for (const url of [
      'https://raw.githubusercontent.com/o/r/main/a/b.log',
      'https://github.com/o/r/raw/main/a/b.log',
    ])
      expect(contentFault(pointer, url)).toContain(data);
  });
});

describe('two downloads of the same file', () => {
  test('do not write into each other', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { etag: '"v1"', 'content-length': body.length });
      response.write(body.subarray(0, 3000));
      setTimeout(() => response.end(body.subarray(3000)), 100);
    });
    await Promise.all([
      download(url, target(), patient()),
      new Promise((done) => setTimeout(done, 50)).then(() => download(url, target(), patient())),
    ]);
    expect(kept()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['windows.log', 'windows.log.json']);
  });

  test("the lock of a process that is gone is nobody's", async () => {
    writeFileSync(`${target()}.lock`, '999999999');
    const url = await serve((_, response) => response.end(body));
    await download(url, target(), patient());
    expect(readdirSync(folder).sort()).toEqual(['windows.log', 'windows.log.json']);
  });
});
