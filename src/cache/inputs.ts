// Everything of a repository that a build may look at, as a text that is the same while all of it is the same.
import { readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { configFiles } from '../content/config.js';
import { type FileStats, isSettled, stateOf } from '../content/file-state.js';
import { contentFolders } from '../content/kinds.js';
import type { Tree } from '../content/tree.js';
import { lastResultsFile } from '../output/last-results.js';
import { sha } from './cache-file.js';

/** Folders that a build reads besides those of content: of the app, and of the pages. */
const otherFolders = ['app_template', 'static_configs', 'templates'];

/** Files that have only just changed are told by their bytes; more than these, and it is not worth while. */
const mostRecent = 200;

/** Folders that links lead to; more than these, and it is not worth while. */
const mostLinked = 50;

/** A file that had only just changed, with the hash of its bytes then. */
export type Recent = readonly [file: string, hash: string];

/** What a build looks at, in the state in which it finds it. */
export class Inputs {
  readonly #tree: Tree;
  /** What there is to say of each path besides the state; undefined when it cannot be told whether the same is there again. */
  readonly #lines: ReadonlyMap<string, string> | undefined;
  readonly #states = new Map<string, FileStats>();
  readonly #links = new Set<string>();
  /** Folders that links lead to. */
  readonly #linked = new Set<string>();
  /** Those whose state may stay the same when they change once more; undefined when there are too many to tell. */
  readonly recent: readonly Recent[] | undefined;

  /** @param folder  the output folder, which no input may lie in */
  constructor(tree: Tree, folder: string) {
    this.#tree = tree;
    const lines = new Map<string, string>();
    const isTold = [...contentFolders, ...otherFolders].every((name) => this.#addFolder(name, folder, lines));
    this.#lines = isTold ? lines : undefined;
    for (const file of [...configFiles, lastResultsFile('')]) this.#addFile(file, lines);
    this.recent = isTold ? this.#findRecent() : undefined;
  }

  #addFolder(path: string, out: string, lines: Map<string, string>): boolean {
    if (join(this.#tree.root, path) === out) return false;
    let entries: ReturnType<Tree['entries']>;
    try {
      entries = this.#tree.entries(path);
    } catch (error) {
      lines.set(path, codeOf(error));
      return true;
    }
    for (const entry of entries) {
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!this.#addFolder(inner, out, lines)) return false;
      } else if (!this.#addFile(inner, lines) && !this.#addLinked(inner, out, lines)) return false;
      if (!entry.isSymbolicLink()) continue;
      // What a link leads to is told by its state, that it is one by where it leads.
      lines.set(inner, `${lines.get(inner)} ${linkOf(join(this.#tree.root, inner))}`);
      this.#links.add(inner);
    }
    return true;
  }

  /** Adds what a link to a folder leads to; false where that holds the repository or the output, or is too much. */
  #addLinked(path: string, out: string, lines: Map<string, string>): boolean {
    let real: string;
    try {
      real = realpathSync(join(this.#tree.root, path));
    } catch {
      return false;
    }
    if ([this.#tree.root, out].some((folder) => `${folder}/`.startsWith(`${real}/`))) return false;
    // One that another link leads to has been told, and may lead to itself.
    if (this.#linked.has(real)) return true;
    this.#linked.add(real);
    return this.#linked.size <= mostLinked && this.#addFolder(path, out, lines);
  }

  /** Adds a file; false for a link to a folder. */
  #addFile(path: string, lines: Map<string, string>): boolean {
    try {
      const state = this.#tree.state(path);
      if (state.isFolder) return false;
      this.#states.set(path, state);
      lines.set(path, '');
    } catch (error) {
      lines.set(path, codeOf(error));
    }
    return true;
  }

  has(file: string): boolean {
    return this.#lines?.has(file) === true;
  }

  #findRecent(): readonly Recent[] | undefined {
    const found: Recent[] = [];
    for (const [file, state] of this.#states) {
      if (isSettled(state, this.#tree.now)) continue;
      if (found.length === mostRecent || this.#links.has(file)) return undefined;
      found.push([file, this.hashOf(file)]);
    }
    return found;
  }

  /** Hash of a file's bytes, '' when it cannot be read. */
  hashOf(file: string): string {
    try {
      return sha(readFileSync(join(this.#tree.root, file)));
    } catch {
      return '';
    }
  }

  /** Tells which paths there are, and what there is to say of them besides their states. */
  get paths(): string | undefined {
    if (this.#lines === undefined) return undefined;
    let text = '';
    for (const [path, line] of this.#lines) text += `${path}\0${line}\n`;
    return sha(text);
  }

  /** The states of all files but some, which have none, as bytes: to write so many numbers out takes longer. */
  states(but: ReadonlySet<string>): Buffer {
    const numbers = new Float64Array(this.#states.size * perState);
    let at = 0;
    for (const [path, state] of this.#states) {
      if (!but.has(path)) {
        numbers[at] = state.size;
        numbers[at + 1] = state.mtimeMs;
        numbers[at + 2] = state.ctimeMs;
        numbers[at + 3] = state.ino;
      }
      at += perState;
    }
    return Buffer.from(numbers.buffer);
  }

  /** Of the files that have another state than in some bytes of `states` the first ones; of the same paths. */
  differing(then: Buffer, but: ReadonlySet<string>, most: number): string[] {
    const now = this.states(but);
    const found: string[] = [];
    if (now.equals(then)) return found;
    let at = 0;
    for (const path of this.#states.keys()) {
      if (now.compare(then, at, at + stateBytes, at, at + stateBytes) !== 0) found.push(path);
      if (found.length > most) break;
      at += stateBytes;
    }
    return found;
  }

  /** Whether a path is a link. */
  isLink(path: string): boolean {
    return this.#links.has(path);
  }
}

/** Numbers of a state, and their bytes. */
const perState = 4;
const stateBytes = perState * Float64Array.BYTES_PER_ELEMENT;

/** What is to be seen of a path that content names; `isSettled` says that it had been so for a while at a time. */
export function stateOfNamed(
  path: string,
  now: number,
): { readonly text: string; readonly isFile: boolean; readonly isSettled: boolean } {
  try {
    const state = statSync(path);
    const [size, mtime, ctime, inode, isSettled] = stateOf(state, now);
    return { text: `${size} ${mtime} ${ctime} ${inode}`, isFile: state.isFile(), isSettled };
  } catch (error) {
    return { text: codeOf(error), isFile: false, isSettled: true };
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    return codeOf(error);
  }
}
