// The words of searches as numbers, so that those of a repository are counted without looking at what has not changed.
import type { ContentObject } from '../content/model.js';

/** Numbers of the words of an object's text, each once. */
export type WordList = readonly number[];

/** Lists that outlive the program. */
export interface KeptLists {
  /** The words that the numbers stand for; asked for once, before any list. */
  words(): readonly string[];
  get(object: ContentObject): WordList | undefined;
  set(object: ContentObject, list: WordList): void;
  /** Names that are always the same for the program; `make` gives them where they are not kept. */
  names(make: () => readonly string[]): readonly string[];
}

const strings = /"(?:[^"\\]|\\[\s\S])*"/g;
const separators = /[^\w.{}:@$-]+/;

/** The words of a text of SPL; of its strings those that have no blank, for they may be names. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.replace(strings, (string) => (/\s/.test(string) ? ' ' : string)).split(separators));
}

/** Whether a text holds a name once as a whole word. */
export function standsOnce(text: string, name: string): boolean {
  const isPart = (character: string | undefined): boolean => character !== undefined && /\w/.test(character);
  let count = 0;
  for (let at = text.indexOf(name); at >= 0 && count < 2; at = text.indexOf(name, at + 1))
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) count++;
  return count === 1;
}

/** Words with their numbers, and the words of each object. */
export class WordIndex {
  readonly #kept: KeptLists | undefined;
  readonly #words: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #lists = new WeakMap<ContentObject, WordList>();
  #modelFields: ReadonlySet<string> | undefined;
  #isOpen = false;

  constructor(kept?: KeptLists) {
    this.#kept = kept;
  }

  /** All words at their numbers, also of texts that are no more. */
  get words(): readonly string[] {
    return this.#words;
  }

  numberOf(word: string): number | undefined {
    return this.#numbers.get(word);
  }

  /** The words of an object's text, which is read only when they are not known. */
  of(object: ContentObject, text: () => string): WordList {
    if (!this.#isOpen) this.#open();
    let list = this.#lists.get(object) ?? this.#kept?.get(object);
    if (list === undefined) {
      list = [...wordsOf(text())].map((word) => this.#numberFor(word));
      this.#kept?.set(object, list);
    }
    this.#lists.set(object, list);
    return list;
  }

  /** The fields of data models: files with much else are read for them. */
  modelFields(make: () => readonly string[]): ReadonlySet<string> {
    this.#modelFields ??= new Set(this.#kept?.names(make) ?? make());
    return this.#modelFields;
  }

  #open(): void {
    this.#isOpen = true;
    for (const word of this.#kept?.words() ?? []) this.#numberFor(word);
  }

  #numberFor(word: string): number {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      number = this.#words.push(word) - 1;
      this.#numbers.set(word, number);
    }
    return number;
  }
}
