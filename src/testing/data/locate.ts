// Finds the file behind an attack_data entry: under a data root, in the repository, in the cache, or on the web.
import { createHash } from 'node:crypto';
import { open, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { cacheHome } from '../../package-root.js';
import { DownloadError, type DownloadOptions, download, isIntact } from './download.js';

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
}

/** Either an existing file or folder, or a sentence that says why there is none. */
export type Located = { readonly file: string } | { readonly missing: string };

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
    return found ? explained(found) : { missing: `"${data}" does not exist in the repository` };
  }
  return isAddress(data) ? fetched(data, options) : { missing: `"${data}" is no address` };
}

async function fetched(url: string, options: LocateOptions): Promise<Located> {
  const folder = join(
    options.cache ?? defaultCache(),
    createHash('sha256').update(url).digest('hex').slice(0, 24),
  );
  const name = basename(new URL(url).pathname).replace(/[^\w.-]/g, '_') || 'data';
  const target = join(folder, name.replace(/^\.+/, '_'));
  if (await isIntact(target)) return explained(target);
  if (options.offline)
    return { missing: `not in the cache, and --offline keeps it from being downloaded: ${url}` };
  try {
    return await explained(await download(url, target, options));
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

const pointerStart = 'version https://git-lfs.github.com/spec/';

/** Refuses the small text that Git LFS leaves where a large file should be. */
async function explained(file: string): Promise<Located> {
  const handle = await open(file, 'r');
  try {
    if (!(await handle.stat()).isFile()) return { file };
    const buffer = Buffer.alloc(pointerStart.length);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    if (buffer.toString('latin1', 0, bytesRead) !== pointerStart) return { file };
    return {
      missing: `${shown(file)} is a Git LFS pointer, not the data; run "git lfs pull" in its repository`,
    };
  } finally {
    await handle.close();
  }
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
