// One HTTP request for a dataset: redirects followed by hand, proxies of the environment, bodies unpacked as they come.
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import type { Hosts } from './hosts.js';

/** Why a download did not end with a file, in one sentence for the person who runs the tests. */
export class DownloadError extends Error {
  override readonly name: string = 'DownloadError';
}

/** A fault of the moment: another attempt may work. */
export class RetryableError extends Error {}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readable & { dump(): Promise<unknown> };
  /** Whether the server sent more than it announced, as far as that was seen by now. */
  readonly sentTooMuch: () => boolean;
}

const redirects = 5;

/**
 * The agent that obeys the proxy settings of the environment. That it may change is said on stderr when it is made, which
 * helps nobody who only downloads data: package-lock.json holds the version.
 */
function proxyAgent({ EnvHttpProxyAgent }: Pick<typeof import('undici'), 'EnvHttpProxyAgent'>): Dispatcher {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return new EnvHttpProxyAgent();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** The way of one request: whom it asks, and the host it is at. */
export interface Route {
  readonly hosts: Hosts;
  /** The host that is being asked now: another one after a redirect. */
  host: string;
}

/** Follows redirects by hand, since the stored range has to go along. */
export async function request(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  route: Route,
): Promise<HttpResponse> {
  const { request: send, ...undici } = await import('undici');
  let excess = false;
  const connect = undici.buildConnector({});
  // A dispatcher of its own, since what comes behind the announced end of a body is told to nobody else.
  const dispatcher: Dispatcher = proxied()
    ? proxyAgent(undici)
    : new undici.Agent({
        connect: (options, callback) =>
          connect(options, (...result) => {
            const [, socket] = result;
            // Of a connection that is not used again, what is too much is put back behind the end.
            const putBack = socket?.unshift.bind(socket);
            if (socket && putBack)
              socket.unshift = (chunk: Uint8Array) => {
                excess ||= socket.destroyed && chunk.length > 0;
                putBack(chunk);
              };
            callback(...result);
          }),
      });
  dispatcher.on('disconnect', (_origin, _targets, error) => {
    if (error.message === 'bad response') excess = true;
  });
  signal.addEventListener('abort', () => void dispatcher.destroy().catch(() => {}));
  let current = url;
  for (let hop = 0; hop <= redirects; hop++) {
    route.host = new URL(current).host;
    const refusal = route.hosts.refusal(route.host);
    if (refusal !== undefined) throw new DownloadError(refusal);
    const response = await send(current, {
      method: 'GET',
      headers: { ...headers },
      signal,
      dispatcher,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    // A connection that breaks before the body is read must not end the process; reading it then reports the break.
    response.body.on('error', () => {});
    const location = first(response.headers['location']);
    if (response.statusCode < 300 || response.statusCode > 399 || location === undefined) {
      const plain: Record<string, string | undefined> = {};
      for (const [name, value] of Object.entries(response.headers)) plain[name] = first(value);
      return { status: response.statusCode, headers: plain, body: response.body, sentTooMuch: () => excess };
    }
    await response.body.dump();
    excess = false;
    current = nextAddress(current, location);
  }
  throw new DownloadError(`the server redirects more than ${redirects} times`);
}

const first = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** Where a redirect leads. @throws DownloadError where it is not followed: to files, and from https to plain http */
export function nextAddress(from: string, location: string): string {
  let next: URL;
  try {
    next = new URL(location, from);
  } catch {
    throw new DownloadError('the server redirects to something that is no address');
  }
  if (next.protocol !== 'http:' && next.protocol !== 'https:')
    throw new DownloadError(`the server redirects to "${next.protocol}", which is not followed`);
  if (next.protocol === 'http:' && from.toLowerCase().startsWith('https:'))
    throw new DownloadError(`the server redirects to plain http (${next.host}), which is not followed`);
  return next.href;
}

/** Whether the environment names a proxy; without one the plain dispatcher serves. */
function proxied(): boolean {
  return ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].some((name) =>
    Boolean(process.env[name]),
  );
}

/** What unpacks a body that was sent packed although it was not asked for; undefined for one that is as it is. */
export function unpacker(encoding: string | undefined): Transform | undefined {
  switch (encoding?.trim().toLowerCase() ?? 'identity') {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new DownloadError(`the server packs the file as "${encoding}", which is not known here`);
  }
}

/** What a status other than success means. */
export function statusFault(status: number, host: string): Error {
  if (status === 404 || status === 410) return new DownloadError(`${host} has no such file (${status})`);
  if (status === 401 || status === 403) return new DownloadError(`${host} refuses access (${status})`);
  if (status === 407) return new DownloadError('the proxy asks for a name and a password (407)');
  if (status === 416) return new RetryableError(`${host} has no such range (416)`);
  if (status >= 500 || status === 408 || status === 429)
    return new RetryableError(`${host} answered ${status}`);
  return new DownloadError(`${host} answered ${status}`);
}

/** A fault of the connection in words. */
export function connectionFault(error: unknown): string {
  const fault = error as { code?: string; message?: string; cause?: { code?: string } };
  const code = fault.code ?? fault.cause?.code;
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the name of the server was not found';
  if (code === 'ENOSPC') return 'the disk is full';
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET') return 'the connection was cut';
  if (code?.startsWith('Z_') || code?.startsWith('ERR_BROTLI') || code?.startsWith('ERR__ERROR'))
    return 'what the server packed cannot be unpacked';
  return fault.message ?? 'the download failed';
}
