// What a build found and wrote, for the next one to say again when it would find and write the same.
import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '../content/tree.js';
import {
  asciiJson,
  type CacheFile,
  linesFile,
  linesOf,
  type Part,
  readPart,
  receiptPath,
} from './cache-file.js';
import { Inputs, type Recent, stateOfNamed } from './inputs.js';

/*
 * Why it cannot be wrong: the state of all that lies in the folders which a build reads was noted before it read any of
 * it, and that of the paths which content names besides had not changed for a while when the build began. While all of
 * these, the options, the day, the program and the files that were written are the same, so is the build.
 */

/** A file that was written, by which it is known again. */
type Written = readonly [path: string, size: number, mtime: number, inode: number];

interface Kept<T> {
  readonly options: string;
  readonly paths: string;
  /** In base64. */
  readonly states: string;
  readonly recent: readonly Recent[];
  readonly named: readonly (readonly [path: string, state: string])[];
  readonly written: readonly Written[];
  readonly report: T;
}

/** What is known when all is the same but for the bytes of some files. */
export interface Edit<T> {
  readonly files: readonly string[];
  readonly report: T;
}

/** Files that differ from which on nothing is gained. */
const mostEdits = 1;

/** The receipt in an output folder; `T` is what the build tells, as plain data. */
export class Receipt<T> {
  readonly #tree: Tree;
  readonly #out: string;
  readonly #program: string;
  readonly #options: string;
  readonly #inputs: Inputs;
  readonly #part: Part | undefined;

  /**
   * @param folder   detc's own inside the output folder
   * @param program  tells the program: what another wrote is not there
   * @param options  tells all that a build depends on besides the repository
   */
  constructor(
    tree: Tree,
    where: { readonly out: string; readonly folder: string },
    program: string,
    options: string,
  ) {
    this.#tree = tree;
    this.#out = where.out;
    this.#program = program;
    this.#options = options;
    this.#inputs = new Inputs(tree, where.out);
    this.#part = readPart(where.folder, receiptPath);
  }

  /** What the last build told, when this one would find and write the same; undefined when it must be made. */
  find(): T | undefined {
    const [line] = this.#part === undefined ? [] : linesOf(this.#program, this.#part);
    if (line === undefined) return undefined;
    const kept = JSON.parse(line) as Kept<T>;
    const differing = this.#differing(kept);
    if (differing === undefined) return undefined;
    if (differing.length === 0) return kept.report;
    this.#edited = kept;
    this.edit = { files: differing, report: kept.report };
    return undefined;
  }

  /** After `find`: what the last build told, when little differs since. */
  edit: Edit<T> | undefined;
  #edited: Kept<T> | undefined;

  /** Files of which the bytes may not be the same; undefined when there are many of these, or more is not the same. */
  #differing({ options, paths, states, recent, named, written }: Kept<T>): string[] | undefined {
    if (options !== this.#options || paths !== this.#inputs.paths) return undefined;
    const before = Buffer.from(states, 'base64');
    const but = new Set(recent.map(([file]) => file));
    const differing = this.#inputs.differing(before, but, mostEdits);
    for (const [file, hash] of recent)
      if (hash === '' || this.#inputs.hashOf(file) !== hash) differing.push(file);
    if (differing.length > mostEdits || differing.some((file) => this.#inputs.isLink(file))) return undefined;
    const isSame =
      named.every(([path, state]) => stateOfNamed(join(this.#tree.root, path), 0).text === state) &&
      written.every((file) => this.#isThere(file));
    return isSame ? differing : undefined;
  }

  #isThere([path, size, mtime, inode]: Written): boolean {
    const state = lstatSync(join(this.#out, path), { throwIfNoEntry: false });
    return state?.isFile() === true && state.size === size && state.mtimeMs === mtime && state.ino === inode;
  }

  /**
   * The receipt of a build; undefined when it cannot be told whether the next one would find the same.
   *
   * @param isEdit  whether the build rests on what the one before it found out about all that `edit` does not list
   */
  file(
    written: readonly string[],
    stateOf: (path: string) => Stats,
    report: T,
    isEdit = false,
  ): CacheFile | undefined {
    const { recent, paths } = this.#inputs;
    const named = this.#named(isEdit ? (this.#edited?.named ?? []) : []);
    if (recent === undefined || paths === undefined || named === undefined) return undefined;
    const kept: Kept<T> = {
      options: this.#options,
      paths,
      states: this.#inputs.states(new Set(recent.map(([file]) => file))).toString('base64'),
      recent,
      named,
      written: written.map((path) => {
        const { size, mtimeMs, ino } = stateOf(path);
        return [path, size, mtimeMs, ino];
      }),
      report,
    };
    const content = linesFile(this.#program, [asciiJson(kept)]);
    const same = this.#part !== undefined && content.equals(this.#part.bytes) ? this.#part.same : undefined;
    return { path: receiptPath, content: () => content, ...(same === undefined ? {} : { same }) };
  }

  /** Paths that content names and that lie elsewhere; undefined when one may have changed while the build ran. */
  #named(before: Kept<T>['named']): Kept<T>['named'] | undefined {
    const found = [...before];
    const known = new Set(before.map(([path]) => path));
    for (const [path, real] of this.#tree.named) {
      if (this.#inputs.has(path) || known.has(path)) continue;
      const { text, isFile, isSettled } = stateOfNamed(join(this.#tree.root, path), this.#tree.now);
      if (!isSettled || isFile !== (real !== undefined)) return undefined;
      found.push([path, text]);
    }
    return found;
  }
}
