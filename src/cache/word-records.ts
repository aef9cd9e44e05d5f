// The words of searches and macros, in a file of its own that is opened only by builds in which one of these has changed.

import { type KeptLists, WordIndex, type WordList, type WordSource } from '../rules/word-index.js';
import {
  asciiJson,
  type CacheFile,
  keptFile,
  linesFile,
  linesOf,
  type Part,
  readPart,
  wordsPath,
} from './cache-file.js';

interface Access {
  /** The program, whose own records alone are read. */
  readonly program: string;
  /** detc's folder; undefined where nothing is kept. */
  readonly folder: string | undefined;
  /** A text that is the same for the same searches of an object. */
  identity(object: WordSource): string;
}

/**
 * The second line of the file, after one of all words: files with a hash of their searches and the numbers of their words. A third one
 * holds the names that are the same for the program, when they have been asked for, and a fourth one tells the searches.
 */
type Lists = readonly (readonly [file: string, hash: string, words: WordList])[];

/** The words that the last build counted, and those that this one does; a list holds for the hash of what it was made of. */
export class WordRecords implements KeptLists {
  readonly #access: Access;
  readonly #then = new Map<string, readonly [hash: string, words: WordList]>();
  readonly #now = new Map<string, readonly [hash: string, words: WordList]>();
  /** JSON. */
  #names = '';
  #part: Part | undefined;
  #isAsked = false;
  #isChanged = false;
  #sources = '';
  /** The file that alone has changed, when all others are known to be as they were. */
  #edited: string | undefined;
  readonly index = new WordIndex(this);

  constructor(access: Access) {
    this.#access = access;
  }

  /** Takes all lists but one to hold; false where they are not of the searches that `sources` tells. */
  trust(edited: string, sources: string): boolean {
    this.#edited = edited;
    void this.index.words;
    return sources !== '' && this.#sources === sources;
  }

  words(): readonly string[] {
    const { folder, program } = this.#access;
    this.#isAsked = true;
    this.#part = folder === undefined ? undefined : readPart(folder, wordsPath);
    const [words, lists, names = '', sources = ''] =
      this.#part === undefined ? [] : linesOf(program, this.#part);
    if (words === undefined || lists === undefined) {
      this.#part = undefined;
      return [];
    }
    this.#names = names;
    this.#sources = sources;
    for (const [file, hash, list] of JSON.parse(lists) as Lists) this.#then.set(file, [hash, list]);
    return JSON.parse(words) as string[];
  }

  get(object: WordSource): WordList | undefined {
    const known = this.#then.get(object.file);
    const isTrusted = this.#edited !== undefined && object.file !== this.#edited;
    if (known === undefined || (!isTrusted && known[0] !== this.#access.identity(object))) return undefined;
    this.#now.set(object.file, known);
    return known[1];
  }

  set(object: WordSource, list: WordList): void {
    this.#now.set(object.file, [this.#access.identity(object), list]);
    this.#isChanged = true;
  }

  names(make: () => readonly string[]): readonly string[] {
    if (this.#names !== '') return JSON.parse(this.#names) as string[];
    const made = make();
    this.#names = asciiJson(made);
    this.#isChanged = true;
    return made;
  }

  /**
   * The file after a build, of searches that `sources` tells; undefined after one that asked for no words, which leaves the one that lies there.
   */
  file(sources: () => string): CacheFile | undefined {
    if (!this.#isAsked) return undefined;
    const isSame = this.#sources === sources() && !this.#isChanged && this.#now.size === this.#then.size;
    if (this.#part !== undefined && isSame) return keptFile(wordsPath, this.#part);
    // Numbers are given anew, in the order of the words: those that no search names any more are gone, and the next
    // build finds the words sorted.
    const { words } = this.index;
    const used = new Set<number>();
    for (const [, list] of this.#now.values()) for (const number of list) used.add(number);
    const sorted = [...used].sort((a, b) => (words[a]! < words[b]! ? -1 : 1));
    const renumbered: number[] = [];
    for (const [number, before] of sorted.entries()) renumbered[before] = number;
    const lists: Lists = [...this.#now].map(([file, [hash, list]]) => [
      file,
      hash,
      list.map((number) => renumbered[number]!),
    ]);
    const lines = [
      asciiJson(sorted.map((number) => words[number])),
      asciiJson(lists),
      this.#names,
      sources(),
    ];
    const content = linesFile(this.#access.program, lines);
    return { path: wordsPath, content: () => content };
  }
}
