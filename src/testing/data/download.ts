// Fetches one dataset over HTTP into the cache: resumable, checked against its length, and complete or absent.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Hosts } from './hosts.js';
import {
  connectionFault,
  DownloadError,
  RetryableError,
  type Route,
  request,
  statusFault,
  unpacker,
} from './http.js';
import { contentFault, headOf, pageFault } from './not-data.js';

export { DownloadError } from './http.js';

export interface DownloadOptions {
  /** Ends an attempt when fewer than a thousand bytes arrived in this time, in milliseconds. Default 20,000. */
  readonly stallMs?: number;
  /** Attempts in all; each goes on where the one before was cut. Default 3. */
  readonly attempts?: number;
  /** Ends the download as a whole, in milliseconds; what has come is gone on with the next time. Default: never. */
  readonly limitMs?: number;
  /** What is known of hosts that do not answer; downloads of one run share it. */
  readonly hosts?: Hosts;
  /** Largest file accepted, in bytes. Default 4 GiB. */
  readonly maxBytes?: number;
  /** Told as bytes arrive; `total` only when the server said it. */
  readonly progress?: (received: number, total: number | undefined) => void;
}

/** What is kept beside a cached file. */
interface Meta {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly validator?: string;
}

/** Bytes that have to arrive while a download may seem to stall: a server that drips is as good as one that stalls. */
const leastBytes = 1000;
/** Milliseconds before the second attempt; each further one waits twice as long. */
const firstPause = 150;
/** How long a host is waited for that did not answer before, in milliseconds. */
const impatience = 2000;
/** How long bytes behind the announced end are waited for, in milliseconds. */
const aftermath = 20;

/** How a download stands while it is tried. */
interface Course extends DownloadOptions {
  readonly route: Route;
  /** When it has to be done, by `performance.now()`. */
  readonly deadline: number;
}

/**
 * Downloads `url` to `target` and returns its path.
 *
 * The bytes go to `target.part`; only a complete file of the announced length is renamed to `target`, and its checksum
 * is written to `target.json` first. A `.part` left by an earlier run is continued when the server confirms, by its
 * ETag or Last-Modified, that it is still the same file.
 *
 * @throws DownloadError with a reason that can be shown as it is
 */
export async function download(url: string, target: string, options: DownloadOptions = {}): Promise<string> {
  await mkdir(dirname(target), { recursive: true });
  const hosts = options.hosts ?? new Hosts();
  const route: Route = { hosts, host: new URL(url).host };
  const refusal = hosts.refusal(route.host);
  if (refusal !== undefined) throw new DownloadError(refusal);
  const attempts = hosts.isDoubtful(route.host) ? 1 : (options.attempts ?? 3);
  const course = { ...options, route, deadline: performance.now() + (options.limitMs ?? Infinity) };
  const release = await lock(`${target}.lock`);
  // Another process is at the same file: each writes its own, and the one that is whole last stays.
  const part = release === undefined ? `${target}.${process.pid}.part` : `${target}.part`;
  let last: DownloadError | undefined;
  try {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      if (attempt > 1) await wait(firstPause * 2 ** (attempt - 2));
      try {
        await fetchOnce(url, target, part, course);
        hosts.answered(route.host);
        return target;
      } catch (error) {
        if (!(error instanceof RetryableError)) throw error;
        last = new DownloadError(error.message);
      }
    }
    hosts.failed(route.host, last?.message ?? '');
    throw new DownloadError(
      `${last?.message ?? 'no attempt was made'} (tried ${attempts === 1 ? 'once' : `${attempts} times`})`,
    );
  } finally {
    if (release === undefined) await dropPart(part);
    await release?.();
  }
}

/** Forgets what has come so far. */
async function dropPart(part: string): Promise<void> {
  await Promise.all([rm(part, { force: true }), rm(`${part}.json`, { force: true })]);
}

/** Takes a lock that a process holds while it lives; undefined when another one has it. */
async function lock(file: string): Promise<(() => Promise<void>) | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch {
      const owner = Number(await readFile(file, 'utf8').catch(() => ''));
      if (Number.isInteger(owner) && owner > 0 && isAlive(owner)) return undefined;
      await rm(file, { force: true });
    }
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function fetchOnce(url: string, target: string, part: string, options: Course): Promise<void> {
  const known = await readPart(part, url);
  const { route, deadline } = options;
  const { hosts } = route;
  const patience = options.stallMs ?? 20_000;
  const stallMs = hosts.isDoubtful(route.host) ? Math.min(patience, impatience) : patience;
  const controller = new AbortController();
  let arrived = 0;
  let before = 0;
  let stalled: string | undefined;
  const timer = setInterval(() => {
    const bytes = arrived - before;
    before = arrived;
    if (bytes >= leastBytes) return;
    stalled = `${bytes === 0 ? 'nothing' : `only ${bytes} bytes`} arrived for ${stallMs / 1000} seconds`;
    controller.abort();
  }, stallMs);
  let late = false;
  const end = Number.isFinite(deadline)
    ? setTimeout(
        () => {
          late = true;
          controller.abort();
        },
        Math.max(0, deadline - performance.now()),
      )
    : undefined;
  try {
    const headers: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': 'detc' };
    if (known) {
      headers['range'] = `bytes=${known.bytes}-`;
      headers['if-range'] = known.validator;
    }
    const response = await request(url, headers, controller.signal, route);
    const resumed = response.status === 206 && known !== undefined;
    if (!resumed && response.status !== 200) {
      await response.body.dump();
      // What is there is no part of the file that the server has now.
      if (response.status === 416) await dropPart(part);
      hosts.answered(route.host);
      throw statusFault(response.status, route.host);
    }
    const page = pageFault(response.headers['content-type']);
    if (page !== undefined) throw new DownloadError(page);
    const tag = response.headers['etag'] ?? response.headers['last-modified'];
    if (
      resumed &&
      (rangeStart(response.headers['content-range']) !== known.bytes || tag !== known.validator)
    ) {
      await dropPart(part);
      throw new RetryableError(
        'the server went on with another file, or at another place, than it was asked to',
      );
    }
    const unpack = unpacker(response.headers['content-encoding']);
    if (resumed && unpack !== undefined) {
      await dropPart(part);
      throw new RetryableError('the server packed a part of the file');
    }
    const offset = resumed ? known.bytes : 0;
    const announced = response.headers['content-length'];
    const total = announced === undefined ? undefined : offset + Number(announced);
    const limit = options.maxBytes ?? 4 * 1024 ** 3;
    if (total !== undefined && total > limit)
      throw new DownloadError(`the file has ${total} bytes, more than the ${limit} allowed`);
    // A part of what was unpacked cannot be gone on with.
    const validator = unpack === undefined ? tag : undefined;
    await writeFile(`${part}.json`, JSON.stringify({ url, validator: validator ?? null }));
    const watched = async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        arrived += chunk.length;
        options.progress?.(offset + arrived, total);
        yield chunk;
      }
    };
    let kept = offset;
    const bounded = async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        kept += chunk.length;
        if (kept > limit) throw new DownloadError(`the server sends more than the ${limit} bytes allowed`);
        yield chunk;
      }
    };
    const file = createWriteStream(part, { flags: resumed ? 'a' : 'w' });
    if (unpack === undefined) await pipeline(response.body, watched, bounded, file);
    else await pipeline(response.body, watched, unpack, bounded, file);
    if (total !== undefined && offset + arrived !== total)
      throw new RetryableError(`the connection ended after ${offset + arrived} of ${total} bytes`);
    // What comes behind the announced end is seen when the connection is looked at again.
    if (total !== undefined && !response.sentTooMuch()) await wait(aftermath);
    if (response.sentTooMuch()) {
      await dropPart(part);
      throw new RetryableError(`the server sent more than the ${total} bytes it announced`);
    }
    await finish(url, part, target, kept, validator);
  } catch (error) {
    if (error instanceof RetryableError || error instanceof DownloadError) throw error;
    if (late) {
      const slow = `not complete after ${Math.round((options.limitMs ?? 0) / 1000)} seconds`;
      hosts.close(route.host, slow);
      throw new DownloadError(`${slow}; run again to go on, or give more time with --timeout`);
    }
    if (stalled !== undefined && arrived < leastBytes) {
      // Another attempt would only wait as long once more.
      hosts.failed(route.host, stalled);
      throw new DownloadError(stalled);
    }
    throw new RetryableError(stalled ?? connectionFault(error));
  } finally {
    clearTimeout(end);
    clearInterval(timer);
    controller.abort();
  }
}

/** Size and validator of what an earlier attempt left, if it can be gone on with. */
async function readPart(
  part: string,
  url: string,
): Promise<{ bytes: number; validator: string } | undefined> {
  try {
    const saved = JSON.parse(await readFile(`${part}.json`, 'utf8')) as {
      url?: unknown;
      validator?: unknown;
    };
    const { size } = await stat(part);
    if (saved.url !== url || typeof saved.validator !== 'string' || size === 0) return undefined;
    // A weak ETag does not promise the same bytes.
    return saved.validator.startsWith('W/') ? undefined : { bytes: size, validator: saved.validator };
  } catch {
    return undefined;
  }
}

async function finish(
  url: string,
  part: string,
  target: string,
  bytes: number,
  validator: string | undefined,
): Promise<void> {
  const fault = contentFault((await headOf(part)) ?? '', url);
  if (fault !== undefined) {
    await dropPart(part);
    throw new DownloadError(fault);
  }
  const meta: Meta = {
    url,
    bytes,
    sha256: await sha256(part),
    ...(validator === undefined ? {} : { validator }),
  };
  await writeFile(`${target}.json.part`, JSON.stringify(meta));
  await rename(`${target}.json.part`, `${target}.json`);
  await rename(part, target);
  await rm(`${part}.json`, { force: true });
}

/** Whether `target` is a file that `download` completed and nobody changed since. */
export async function isIntact(target: string): Promise<boolean> {
  try {
    const meta = JSON.parse(await readFile(`${target}.json`, 'utf8')) as Meta;
    const { size } = await stat(target);
    return size === meta.bytes && (await sha256(target)) === meta.sha256;
  } catch {
    return false;
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function rangeStart(header: string | undefined): number | undefined {
  const match = /^bytes (\d+)-/.exec(header ?? '');
  return match ? Number(match[1]) : undefined;
}
