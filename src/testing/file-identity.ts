// What a file or folder is to the cache of results: its bytes, hashed anew only where its state does not settle it.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileState, isUnchanged, stateOf } from '../content/file-state.js';

/** The state that a file was read in, and the hash of its bytes then. */
type Known = readonly [state: FileState, hash: string];

/** Hashes of files by path; what did not change since an earlier run is not read again. */
export class FileIdentities {
  readonly #known: ReadonlyMap<string, Known>;
  readonly #seen = new Map<string, Known>();
  readonly #asked = new Map<string, Promise<string>>();

  constructor(known: ReadonlyMap<string, Known> = new Map()) {
    this.#known = known;
  }

  /** Reads what `toJson` gave; anything else counts as nothing known. */
  static fromJson(value: unknown): FileIdentities {
    if (typeof value !== 'object' || value === null) return new FileIdentities();
    const entries = Object.entries(value).filter(
      (entry): entry is [string, Known] =>
        Array.isArray(entry[1]) && Array.isArray(entry[1][0]) && typeof entry[1][1] === 'string',
    );
    return new FileIdentities(new Map(entries));
  }

  /** For the next run of the same process: everything is looked at again, and read only where it changed. */
  next(): FileIdentities {
    return new FileIdentities(new Map([...this.#known, ...this.#seen]));
  }

  /** What is known of the files that were asked for, and of those that only other runs ask for while they are there. */
  toJson(): Readonly<Record<string, Known>> {
    const others = [...this.#known].filter(([path]) => !this.#seen.has(path) && existsSync(path));
    return Object.fromEntries([...others, ...this.#seen]);
  }

  /** Identity of a file, or of all files below a folder with their names; each is looked at once. */
  of(path: string): Promise<string> {
    let identity = this.#asked.get(path);
    if (identity === undefined) {
      identity = this.#tree(path);
      this.#asked.set(path, identity);
    }
    return identity;
  }

  async #tree(path: string): Promise<string> {
    if (!(await stat(path)).isDirectory()) return this.#file(path);
    const names = (await readdir(path, { recursive: true })).sort();
    const hash = createHash('sha256');
    for (const name of names) {
      const file = join(path, name);
      if ((await stat(file)).isFile()) hash.update(`${name}\0${await this.#file(file)}\0`);
    }
    return hash.digest('hex');
  }

  async #file(path: string): Promise<string> {
    const state = stateOf(await stat(path), Date.now());
    const known = this.#known.get(path);
    const hash = known !== undefined && isUnchanged(known[0], state) ? known[1] : await hashOf(path);
    this.#seen.set(path, [state, hash]);
    return hash;
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('base64url');
}
