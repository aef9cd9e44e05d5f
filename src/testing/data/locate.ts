// Finds the file behind an attack_data entry: under a data root, in the repository, in the cache, or on the web.
import { createHash } from 'node:crypto';
import { realpath, rm, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { cacheHome } from '../../package-root.js';
import { DownloadError, type DownloadOptions, download, isIntact } from './download.js';
import { Hosts } from './hosts.js';
import { contentFault, headOf, isPointer } from './not-data.js';

/** `--data-root <url-prefix>=<dir>`: what starts with the prefix is looked for under the folder. */
export interface DataRoot {
  readonly prefix: string;
  readonly folder: string;
}

export interface LocateOptions extends DownloadOptions {
  /** Absolute path of the content repository. */
  readonly root: string;
  readonly dataRoots: readonly DataRoot[];
  /** Never touches the network. */
  readonly offline: boolean;
  /** Folder of downloads; default `$XDG_CACHE_HOME/detc/data` or `~/.cache/detc/data`. */
  readonly cache?: string;
  /** The time for downloads is over. */
  readonly isLate?: boolean;
}

/**
 * Either an existing file or folder, or a sentence that says why there is none. What the repository itself should hold
 * `isOwed`: then the test is broken, where data that lies elsewhere is only not at hand.
 */
export type Located = { readonly file: string } | { readonly missing: string; readonly isOwed?: true };

/** Default folder of downloaded datasets. */
export function defaultCache(environment: NodeJS.ProcessEnv = process.env): string {
  return join(cacheHome(environment), 'data');
}

/** Reads `prefix=folder`; the folder may itself hold `=`, the prefix may not. */
export function parseDataRoot(text: string, base: string): DataRoot | undefined {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1) return undefined;
  return { prefix: text.slice(0, at), folder: resolve(base, text.slice(at + 1)) };
}

/** Files that are looked for, and downloaded, at the same time. */
const atOnce = 6;
/** A download may take this many times the limit of a test, and all of them together that many. */
const oneDownload = 10;
const allDownloads = 60;

/** Limits of downloads that follow from the limit of a test, in milliseconds. */
export interface DownloadLimits {
  readonly stallMs: number;
  readonly limitMs: number;
  readonly allMs: number;
}

/** A server may be silent for 20 seconds, or as long as a test may take if that is less. */
export const downloadLimits = (timeoutMs: number): DownloadLimits => ({
  stallMs: Math.min(20_000, timeoutMs),
  limitMs: oneDownload * timeoutMs,
  allMs: allDownloads * timeoutMs,
});

export interface LocateAllOptions extends LocateOptions {
  /** Ends all downloads together, in milliseconds. Default: never. */
  readonly allMs?: number;
  /** Told before each entry is looked for. */
  readonly started?: (done: number, total: number, data: string) => void;
}

/** Finds the data of many entries, several at a time; a host that does not answer is soon left alone. */
export async function locateAll(
  wanted: readonly string[],
  options: LocateAllOptions,
): Promise<Map<string, Located>> {
  const found = new Map<string, Located>();
  const hosts = options.hosts ?? new Hosts();
  const { allMs, limitMs = Number.POSITIVE_INFINITY } = options;
  const end = performance.now() + (allMs ?? Number.POSITIVE_INFINITY);
  const under = new Map<string, readonly [received: number, total: number | undefined]>();
  const tell = (): void => {
    const parts = [...under.values()];
    const totals = parts.map(([, total]) => total);
    options.progress?.(
      parts.reduce((sum, [received]) => sum + received, 0),
      totals.reduce((sum, total) => (sum === undefined || total === undefined ? undefined : sum + total), 0),
    );
  };
  let next = 0;
  const work = async (): Promise<void> => {
    for (let data = wanted[next++]; data !== undefined; data = wanted[next++]) {
      const url = data;
      const left = end - performance.now();
      options.started?.(found.size, wanted.length, url);
      const located = await locate(url, {
        ...options,
        hosts,
        limitMs: Math.min(limitMs, Math.max(0, left)),
        // Nothing new is begun when the time of all is over; what is in the cache is taken.
        ...(left <= 0 ? { isLate: true } : {}),
        progress(received, total) {
          under.set(url, [received, total]);
          tell();
        },
      });
      under.delete(url);
      found.set(url, located);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, wanted.length) }, work));
  return found;
}

/** Finds the data of one entry. Never throws: what is missing comes back as a reason to skip the test. */
export async function locate(data: string, options: LocateOptions): Promise<Located> {
  for (const root of [...options.dataRoots].sort((a, b) => b.prefix.length - a.prefix.length)) {
    if (!data.startsWith(root.prefix)) continue;
    const rest = decode(data.slice(root.prefix.length)).replace(/^\/+/, '');
    const found = await inside(root.folder, rest);
    if (found) return explained(found);
    if (options.offline || !isUrl(data)) return { missing: `"${rest}" is not under ${shown(root.folder)}` };
  }
  if (!isUrl(data)) {
    const found = await inside(options.root, data);
    return found ? explained(found) : { missing: `"${data}" does not exist in the repository`, isOwed: true };
  }
  return isAddress(data) ? fetched(data, options) : { missing: `"${data}" is no address`, isOwed: true };
}

async function fetched(url: string, options: LocateOptions): Promise<Located> {
  const folder = join(
    options.cache ?? defaultCache(),
    createHash('sha256').update(url).digest('hex').slice(0, 24),
  );
  const name = basename(new URL(url).pathname).replace(/[^\w.-]/g, '_') || 'data';
  const target = join(folder, name.replace(/^\.+/, '_'));
  if (await isIntact(target)) {
    if (contentFault((await headOf(target)) ?? '', url) === undefined) return { file: target };
    // Earlier versions kept whatever a server sent.
    await Promise.all([rm(target, { force: true }), rm(`${target}.json`, { force: true })]);
  }
  if (options.offline)
    return { missing: `not in the cache, and --offline keeps it from being downloaded: ${url}` };
  if (options.isLate)
    return {
      missing: `not downloaded: the time for all downloads is over; run again to go on, or give more with --timeout: ${url}`,
    };
  try {
    return { file: await download(url, target, options) };
  } catch (error) {
    if (error instanceof DownloadError) return { missing: `download failed: ${error.message}: ${url}` };
    throw error;
  }
}

/** The file at a relative path, unless that path or a link leads out of the folder. */
async function inside(folder: string, path: string): Promise<string | undefined> {
  const target = resolve(folder, path);
  try {
    const [real, base] = await Promise.all([realpath(target), realpath(folder)]);
    const way = relative(base, real);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined;
    await stat(real);
    return target;
  } catch {
    return undefined;
  }
}

/** Refuses the small text that Git LFS leaves where a large file should be. */
async function explained(file: string): Promise<Located> {
  const head = await headOf(file);
  if (head === undefined || !isPointer(head)) return { file };
  return {
    missing: `${shown(file)} is a Git LFS pointer, not the data; run "git lfs pull" in its repository`,
  };
}

const isUrl = (text: string): boolean => /^https?:\/\//i.test(text);
const isAddress = (text: string): boolean => URL.canParse(text);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A path as a person knows it: relative when it is below the current folder. */
function shown(path: string): string {
  const way = relative(process.cwd(), path);
  return way.startsWith('..') || isAbsolute(way) ? path : way || '.';
}
