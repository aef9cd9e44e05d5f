// Finds the files that inputs name: files, folders, globs and standard input.

import { constants, type Dirent } from 'node:fs';
import { access, open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { nearest } from '../diagnostic/did-you-mean.js';
import { globMatcher, isGlob } from '../glob.js';
import type { DatasetLimits } from './dataset.js';
import type { PackedInput } from './unpack.js';

const READ_BYTES = 1 << 21;

/** Makes a diagnostic about a file as a whole, or one line of it. */
export function fileDiagnostic(
  severity: Diagnostic['severity'],
  code: string,
  file: string,
  message: string,
  rest: { line?: number; help?: string | undefined } = {},
): Diagnostic {
  const line = rest.line ?? 1;
  const place = { file, line, column: 1, endLine: line, endColumn: 1 };
  return { severity, code, message, ...place, ...(rest.help === undefined ? {} : { help: rest.help }) };
}

const toSlashes = (name: string) => (path.sep === '/' ? name : name.replaceAll(path.sep, '/'));

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Says in plain words why the system refused. */
export function systemFault(error: unknown): string {
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
    ELOOP: 'its symbolic links lead in a circle',
    EMFILE: 'too many files are open',
    ENAMETOOLONG: 'its name is too long',
    EIO: 'the disk reports a fault',
  };
  if (error instanceof DeviceError) return 'it is a device, which may have no end';
  const code = errorCode(error);
  return Object.hasOwn(words, code)
    ? words[code]!
    : code === ''
      ? 'it cannot be read'
      : `the system reports ${code}`;
}

/** What of a folder is looked at. */
interface Wanted {
  /** Whether a path is one of those that are looked for. */
  takes(file: string): boolean;
  /** Whether such a path may lie in a folder. */
  enters(folder: string): boolean;
}
const everything: Wanted = { takes: () => true, enters: () => true };

const plainPath = (file: string) => toSlashes(file).replace(/^\.\//, '');

/** What a glob looks for. Folders that none of its paths can lie in are not entered: `logs/*` reads one folder. */
function wantedBy(glob: string): Wanted {
  const matches = globMatcher(plainPath(glob));
  // Braces may hold slashes, and then its parts are not those between slashes.
  const parts = plainPath(glob.replace(/\{.*/s, '**')).split('/');
  const anyDepth = parts.findIndex((part) => part.includes('**'));
  const folders = parts.slice(0, anyDepth < 0 ? -1 : anyDepth).map((part) => globMatcher(part));
  return {
    takes: (file) => matches(plainPath(file)),
    enters: (folder) => {
      const names = plainPath(folder).split('/');
      return (
        (anyDepth >= 0 || names.length <= folders.length) &&
        names.every((name, depth) => folders[depth]?.(name) ?? true)
      );
    },
  };
}

/** Finds files; what is in the way is told and the rest is still found. */
export class InputFinder {
  readonly #limits: DatasetLimits;
  readonly #report: (diagnostic: Diagnostic) => void;
  #found = 0;

  constructor(limits: DatasetLimits, report: (diagnostic: Diagnostic) => void) {
    this.#limits = limits;
    this.#report = report;
  }

  /** Lists the paths of an input, folders in the order of names. */
  async *find(input: string): AsyncGenerator<string> {
    let isFolder: boolean;
    try {
      isFolder = (await stat(input)).isDirectory();
    } catch (error) {
      if (isGlob(input) && errorCode(error) === 'ENOENT') yield* this.#glob(input);
      else await this.#unreadable(input, error);
      return;
    }
    if (isFolder) {
      let any = false;
      for await (const file of this.#folder(input, new Set())) {
        any = true;
        yield file;
      }
      if (!any) this.#report(fileDiagnostic('warning', 'no-data', input, `folder "${input}" has no files`));
    } else yield input;
  }

  async #unreadable(input: string, error: unknown): Promise<void> {
    let help: string | undefined;
    if (errorCode(error) === 'ENOENT') {
      const folder = path.dirname(input);
      const names = await readdir(folder).catch(() => []);
      const near = nearest(path.basename(input), names);
      if (near !== undefined) help = `did you mean "${toSlashes(path.join(folder, near))}"?`;
    }
    const code = errorCode(error) === 'ENOENT' ? 'missing-file' : 'unreadable-file';
    this.#report(
      fileDiagnostic('error', code, input, `cannot read "${input}": ${systemFault(error)}`, { help }),
    );
  }

  async *#glob(input: string): AsyncGenerator<string> {
    const glob = toSlashes(input);
    const parts = glob.split('/');
    const fixed = parts.slice(0, parts.findIndex(isGlob)).join('/');
    const root = fixed === '' ? (glob.startsWith('/') ? '/' : '.') : fixed;
    let any = false;
    for await (const file of this.#folder(root, new Set(), wantedBy(glob))) {
      any = true;
      yield file;
    }
    if (!any) this.#report(fileDiagnostic('error', 'missing-file', input, `no file matches "${input}"`));
  }

  // A folder is entered once on the way down: links that lead in a circle end there.
  async *#folder(
    folder: string,
    above: ReadonlySet<string>,
    wanted: Wanted = everything,
  ): AsyncGenerator<string> {
    let entries: Dirent[];
    let real: string;
    try {
      real = await realpath(folder);
      if (above.has(real)) return;
      entries = await readdir(folder, { withFileTypes: true });
    } catch (error) {
      this.#report(
        fileDiagnostic('error', 'unreadable-file', folder, `cannot read "${folder}": ${systemFault(error)}`),
      );
      return;
    }
    const inside = new Set(above).add(real);
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const name = folder === '.' ? entry.name : path.join(folder, entry.name);
      const kind = entry.isSymbolicLink() ? await stat(name).catch(() => null) : entry;
      if (kind === null) {
        if (!wanted.takes(name)) continue;
        const message = `cannot read "${name}": its symbolic link leads nowhere`;
        this.#report(fileDiagnostic('warning', 'unreadable-file', name, message));
      } else if (kind.isDirectory()) {
        if (wanted.enters(name)) yield* this.#folder(name, inside, wanted);
      } else if (kind.isFile() && wanted.takes(name)) {
        if (++this.#found > this.#limits.files) {
          const message = `"${folder}" has more than ${this.#limits.files} files; the rest is not read`;
          this.#report(fileDiagnostic('error', 'too-many-files', folder, message));
          return;
        }
        yield name;
      }
    }
  }
}

// The next chunk is read while the last one is worked on.
async function* fileChunks(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file, constants.O_RDONLY);
  const buffers = [new Uint8Array(READ_BYTES), new Uint8Array(READ_BYTES)] as const;
  let pending = handle.read(buffers[0], 0, READ_BYTES);
  try {
    for (let turn = 0; ; turn ^= 1) {
      const { bytesRead } = await pending;
      if (bytesRead === 0) return;
      pending = handle.read(buffers[turn === 0 ? 1 : 0], 0, READ_BYTES);
      yield buffers[turn === 0 ? 0 : 1].subarray(0, bytesRead);
    }
  } finally {
    await pending.catch(() => undefined);
    await handle.close();
  }
}

/** An input that is a device, which may have no end. */
class DeviceError extends Error {}

/** Whether a device comes to an end: nothing at all, or what a person types. */
async function ends(file: string): Promise<boolean> {
  const device = await realpath(file).catch(() => file);
  return /^\/dev\/(?:null|tty|console|pts\/\d+)$/.test(device);
}

/** Opens a file for reading; its bytes are read when they are asked for. */
export async function openFile(file: string): Promise<PackedInput> {
  await access(file, constants.R_OK);
  const info = await stat(file);
  if (info.isBlockDevice() || (info.isCharacterDevice() && !(await ends(file)))) throw new DeviceError();
  const name = toSlashes(file);
  return { name, path: file, size: info.size, modified: info.mtimeMs / 1000, source: fileChunks(file) };
}
