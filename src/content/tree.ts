// The folders of a repository as they are at one moment: each is listed and each file looked at once.
import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { FileStats } from './file-state.js';

/** The state of a file or folder. */
interface TreeStats extends FileStats {
  readonly isFolder: boolean;
}

/** What lies in the folders of a repository; paths are relative to it, with `/`. */
export class Tree {
  readonly root: string;
  /** Milliseconds since 1970, before anything was looked at. */
  readonly now = Date.now();
  readonly #folders = new Map<string, readonly Dirent[]>();
  readonly #states = new Map<string, TreeStats>();
  /** Where the paths lead that content names; undefined for those that lead nowhere or out of the repository. */
  readonly named = new Map<string, string | undefined>();
  #realRoot: string | undefined;

  constructor(root: string) {
    this.root = root;
  }

  /** What lies in a folder, '' being the repository itself; throws what the system says of one that cannot be listed. */
  entries(folder: string): readonly Dirent[] {
    let entries = this.#folders.get(folder);
    if (entries === undefined) {
      entries = readdirSync(this.#pathOf(folder), { withFileTypes: true });
      this.#folders.set(folder, entries);
    }
    return entries;
  }

  /** The state of what a path leads to, also through links; throws what the system says of one that leads nowhere. */
  state(file: string): TreeStats {
    let state = this.#states.get(file);
    if (state === undefined) {
      const stats = statSync(this.#pathOf(file));
      const { size, mtimeMs, ctimeMs, ino } = stats;
      state = { size, mtimeMs, ctimeMs, ino, isFolder: stats.isDirectory() };
      this.#states.set(file, state);
    }
    return state;
  }

  /** Absolute path of the file that content names; undefined when there is none, or it lies outside, perhaps behind a link. */
  resolve(file: string): string | undefined {
    if (!this.named.has(file)) this.named.set(file, this.#realFile(file));
    return this.named.get(file);
  }

  /** The bytes of a file that content names; undefined where `resolve` gives nothing. */
  read(file: string): Uint8Array | undefined {
    const path = this.resolve(file);
    return path === undefined ? undefined : readFileSync(path);
  }

  #realFile(file: string): string | undefined {
    try {
      this.#realRoot ??= realpathSync(this.root);
      const real = realpathSync(join(this.root, file));
      return real.startsWith(this.#realRoot + sep) && lstatSync(real).isFile() ? real : undefined;
    } catch {
      return undefined;
    }
  }

  #pathOf(path: string): string {
    return path === '' ? this.root : `${this.root}/${path}`;
  }
}
