// The words of searches as numbers, so that those of a repository are counted without looking at what has not changed.

/** What a text is of: an object of content, as far as its words are kept by. */
export interface WordSource {
  readonly file: string;
}

/** Numbers of the words of an object's text, each once. */
export type WordList = readonly number[];

/** Lists that outlive the program. */
export interface KeptLists {
  /** The words that the numbers stand for; asked for once, before any list. */
  words(): readonly string[];
  get(object: WordSource): WordList | undefined;
  set(object: WordSource, list: WordList): void;
  /** Names that are always the same for the program; `make` gives them where they are not kept. */
  names(make: () => readonly string[]): readonly string[];
}

const strings = /"(?:[^"\\]|\\[\s\S])*"/g;
const separators = /[^\w.{}:@$-]+/;

/** The words of a text of SPL; of its strings those that have no blank, for they may be names. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.replace(strings, (string) => (/\s/.test(string) ? ' ' : string)).split(separators));
}

/** How often a text holds a name as a whole word, and where first; -1 where nowhere. */
export function places(text: string, name: string): { readonly count: number; readonly first: number } {
  const isPart = (character: string | undefined): boolean => character !== undefined && /\w/.test(character);
  let count = 0;
  let first = -1;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (isPart(text[at - 1]) || isPart(text[at + name.length])) continue;
    count++;
    if (first < 0) first = at;
  }
  return { count, first };
}

/** Whether a text holds a name once as a whole word. */
export const standsOnce = (text: string, name: string): boolean => places(text, name).count === 1;

/** What words are counted of: an object, its text, and as how many texts it counts. */
export interface CountedText {
  readonly object: WordSource;
  text(): string;
  readonly times: number;
}

/** How many texts have each word. */
interface WordCounts {
  readonly of: readonly CountedText[];
  /** By object, what it added. */
  readonly parts: ReadonlyMap<WordSource, { readonly list: WordList; readonly times: number }>;
  /** By the number of the word. */
  readonly counts: number[];
  /** Another one whenever a word becomes one of several texts, or ceases to be. */
  readonly revision: number;
}

/** Words with their numbers, and the words of each object. */
export class WordIndex {
  readonly #kept: KeptLists | undefined;
  readonly #words: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #lists = new WeakMap<WordSource, WordList>();
  #modelFields: ReadonlySet<string> | undefined;
  #isOpen = false;
  #counted: WordCounts = { of: [], parts: new Map(), counts: [], revision: 0 };

  constructor(kept?: KeptLists) {
    this.#kept = kept;
  }

  /** All words at their numbers, also of texts that are no more. */
  get words(): readonly string[] {
    if (!this.#isOpen) this.#open();
    return this.#words;
  }

  numberOf(word: string): number | undefined {
    return this.#numbers.get(word);
  }

  /** The words of an object's text, which is read only when they are not known. */
  of(object: WordSource, text: () => string): WordList {
    if (!this.#isOpen) this.#open();
    let list = this.#lists.get(object) ?? this.#kept?.get(object);
    if (list === undefined) {
      list = [...wordsOf(text())].map((word) => this.#numberFor(word));
      this.#kept?.set(object, list);
    }
    this.#lists.set(object, list);
    return list;
  }

  /** Counts words; what was counted last and is still there is not counted again. */
  count(texts: readonly CountedText[]): Pick<WordCounts, 'counts' | 'revision'> {
    const last = this.#counted;
    if (last.of === texts) return last;
    const { counts } = last;
    let { revision } = last;
    const add = (list: WordList, times: number): void => {
      for (const number of list) {
        const before = counts[number] ?? 0;
        counts[number] = before + times;
        if (before > 1 !== before + times > 1) revision++;
      }
    };
    const parts = new Map<WordSource, { readonly list: WordList; readonly times: number }>();
    for (const { object, text, times } of texts) {
      const known = last.parts.get(object);
      const part = known?.times === times ? known : { list: this.of(object, text), times };
      if (part !== known) add(part.list, times);
      parts.set(object, part);
    }
    for (const [object, part] of last.parts) if (parts.get(object) !== part) add(part.list, -part.times);
    this.#counted = { of: texts, parts, counts, revision };
    return this.#counted;
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
