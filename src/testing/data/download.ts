// Fetches one dataset over HTTP into the cache: resumable, checked against its length, and complete or absent.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Dispatcher } from 'undici';

/** Why a download did not end with a file, in one sentence for the person who runs the tests. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
}

export interface DownloadOptions {
  /** Ends an attempt when no byte has arrived for this long, in milliseconds. Default 20,000. */
  readonly stallMs?: number;
  /** Attempts in all; each goes on where the one before was cut. Default 3. */
  readonly attempts?: number;
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

const redirects = 5;

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
  const attempts = options.attempts ?? 3;
  let last: DownloadError | undefined;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      await fetchOnce(url, target, options);
      return target;
    } catch (error) {
      if (!(error instanceof RetryableError)) throw error;
      last = new DownloadError(error.message);
    }
  }
  throw new DownloadError(`${last?.message ?? 'no attempt was made'} (tried ${attempts} times)`);
}

/** A fault of the moment: another attempt may work. */
class RetryableError extends Error {}

async function fetchOnce(url: string, target: string, options: DownloadOptions): Promise<void> {
  const part = `${target}.part`;
  const known = await readPart(part, url);
  const stallMs = options.stallMs ?? 20_000;
  const controller = new AbortController();
  let stalled = false;
  const stall = () => {
    stalled = true;
    controller.abort();
  };
  let timer = setTimeout(stall, stallMs);
  try {
    const headers: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': 'detc' };
    if (known) {
      headers['range'] = `bytes=${known.bytes}-`;
      headers['if-range'] = known.validator;
    }
    const response = await request(url, headers, controller.signal);
    const resumed = response.status === 206 && known !== undefined;
    if (!resumed && response.status !== 200) {
      await response.body.dump();
      throw statusFault(response.status, url);
    }
    if (resumed && rangeStart(response.headers['content-range']) !== known.bytes) {
      await rm(part, { force: true });
      throw new RetryableError('the server went on at another place than it was asked to');
    }
    const offset = resumed ? known.bytes : 0;
    const announced = response.headers['content-length'];
    const total = announced === undefined ? undefined : offset + Number(announced);
    const limit = options.maxBytes ?? 4 * 1024 ** 3;
    if (total !== undefined && total > limit)
      throw new DownloadError(`the file has ${total} bytes, more than the ${limit} allowed`);
    const validator = response.headers['etag'] ?? response.headers['last-modified'];
    await writeFile(`${part}.json`, JSON.stringify({ url, validator: validator ?? null }));
    let received = offset;
    const watched = async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        clearTimeout(timer);
        timer = setTimeout(stall, stallMs);
        received += chunk.length;
        if (received > limit)
          throw new DownloadError(`the server sends more than the ${limit} bytes allowed`);
        options.progress?.(received, total);
        yield chunk;
      }
    };
    await pipeline(response.body, watched, createWriteStream(part, { flags: resumed ? 'a' : 'w' }));
    if (total !== undefined && received !== total)
      throw new RetryableError(`the connection ended after ${received} of ${total} bytes`);
    await finish(url, part, target, received, validator);
  } catch (error) {
    if (error instanceof RetryableError || error instanceof DownloadError) throw error;
    if (stalled) throw new RetryableError(`nothing arrived for ${stallMs / 1000} seconds`);
    throw new RetryableError(reason(error));
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

/** Whether the environment names a proxy; without one the plain dispatcher serves. */
function proxied(): boolean {
  return ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].some((name) =>
    Boolean(process.env[name]),
  );
}

/** Follows redirects by hand, since the stored range has to go along. */
async function request(url: string, headers: Record<string, string>, signal: AbortSignal) {
  const { request: send, getGlobalDispatcher, EnvHttpProxyAgent } = await import('undici');
  const dispatcher: Dispatcher = proxied() ? new EnvHttpProxyAgent() : getGlobalDispatcher();
  let current = url;
  for (let hop = 0; hop <= redirects; hop++) {
    const response = await send(current, {
      method: 'GET',
      headers,
      signal,
      dispatcher,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    // A connection that breaks before the body is read must not end the process; reading it then reports the break.
    response.body.on('error', () => {});
    const location = response.headers['location'];
    if (response.statusCode < 300 || response.statusCode > 399 || location === undefined) {
      const plain: Record<string, string | undefined> = {};
      for (const [name, value] of Object.entries(response.headers))
        plain[name] = Array.isArray(value) ? value[0] : value;
      return { status: response.statusCode, headers: plain, body: response.body };
    }
    await response.body.dump();
    const next = new URL(Array.isArray(location) ? location[0]! : location, current);
    if (next.protocol !== 'http:' && next.protocol !== 'https:')
      throw new DownloadError(`the server redirects to "${next.protocol}", which is not followed`);
    current = next.href;
  }
  throw new DownloadError(`the server redirects more than ${redirects} times`);
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

function statusFault(status: number, url: string): Error {
  const host = new URL(url).host;
  if (status === 404 || status === 410) return new DownloadError(`${host} has no such file (${status})`);
  if (status === 401 || status === 403) return new DownloadError(`${host} refuses access (${status})`);
  if (status === 416) return new RetryableError(`${host} has no such range (416)`);
  if (status >= 500 || status === 429) return new RetryableError(`${host} answered ${status}`);
  return new DownloadError(`${host} answered ${status}`);
}

function reason(error: unknown): string {
  const cause = error as { code?: string; message?: string; cause?: { code?: string } };
  const code = cause.code ?? cause.cause?.code;
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the name of the server was not found';
  if (code === 'ENOSPC') return 'the disk is full';
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET') return 'the connection was cut';
  return cause.message ?? 'the download failed';
}
