// The words that the searches of a repository are made of: what several of them name is no slip.
import type { Repository } from '../content/model.js';
import { defaultFields, internalFields } from '../default-fields.js';
import { NamesByLetters } from '../diagnostic/did-you-mean.js';
import { knownDataModels } from './data-models.js';
import { NameWords } from './name-words.js';
import { type CountedText, WordIndex, type WordSource, wordsOf } from './word-index.js';

/** Fields of every event, which content seldom spells out. */
const everyEvent: ReadonlySet<string> = new Set([...internalFields, ...defaultFields, 'timestamp']);

/** Names of the fields of data models, each once. */
function modelFields(): readonly string[] {
  const datasets = [...knownDataModels().values()].flatMap((model) => [...model.datasets]);
  return [...new Set(datasets.flatMap(({ fields }) => [...fields].map(({ name }) => name)))];
}

let modelNames: ReadonlySet<string> | undefined;

/** Whether a data model or every event has a field of this name. */
export function isModelField(name: string): boolean {
  modelNames ??= new Set(modelFields());
  return everyEvent.has(name) || modelNames.has(name);
}

/** What follows from the words of a repository; while one is watched, they seldom change. */
interface Answers {
  /** Of the counted words. */
  readonly revision: number;
  readonly isLarge: boolean;
  readonly dataSources: Repository['dataSources'];
  readonly macroNames: readonly string[];
  /** Names of fields that data sources have. */
  readonly fields: ReadonlySet<string>;
  /** The names that `has` is true of for what the repository holds, each once. */
  ownNames?: ReadonlySet<string>;
  readonly near: Map<string, string | undefined>;
  byLetters?: NamesByLetters;
  nameWords?: NameWords;
}
/** The answers of the last repository. */
const lastAnswers = new WeakMap<WordIndex, Answers>();

const isSameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);

const counted = new WeakMap<Repository, SearchWords>();

/** The words of a repository, counted once. */
export function searchWordsOf(repository: Repository, index: WordIndex): SearchWords {
  let words = counted.get(repository);
  if (words === undefined) {
    words = new SearchWords(repository, index);
    counted.set(repository, words);
  }
  return words;
}

/** So many searches are needed for that they lack a word to mean something. */
const manySearches = 100;

interface SearchSource extends WordSource {
  readonly search: string;
}

/** What words are counted in. */
export interface WordSources extends Pick<Repository, 'macros' | 'dataSources'> {
  readonly detections: readonly SearchSource[];
  readonly baselines: readonly SearchSource[];
  readonly investigations: readonly SearchSource[];
}

/** How many searches name each word. */
export class SearchWords {
  readonly #index: WordIndex;
  /** A word that macros name counts as one of several searches. */
  readonly #texts: readonly CountedText[];
  readonly #answers: Answers;

  constructor(
    { detections, baselines, investigations, macros, dataSources }: WordSources,
    index = new WordIndex(),
  ) {
    this.#index = index;
    const searches = [...detections, ...baselines, ...investigations];
    const isLarge = searches.length >= manySearches;
    this.#texts = [
      ...searches.map((object) => ({ object, text: () => object.search, times: 1 })),
      ...macros.map((object) => ({ object, text: () => object.definition, times: 2 })),
    ];
    const { revision } = index.count(this.#texts);
    const macroNames = macros.map(({ name }) => name);
    const last = lastAnswers.get(index);
    if (
      last?.revision === revision &&
      last.isLarge === isLarge &&
      isSameList(last.dataSources, dataSources) &&
      isSameList(last.macroNames, macroNames)
    )
      this.#answers = last;
    else {
      const fields = new Set(dataSources.flatMap((source) => [...source.fields, ...source.outputFields]));
      this.#answers = { revision, isLarge, dataSources, macroNames, fields, near: new Map() };
      lastAnswers.set(index, this.#answers);
    }
  }

  /** The same object for as long as all is answered the same. */
  get state(): object {
    return this.#answers;
  }

  /**
   * Whether `basis` was the same before the text of one search became another one, all else being the same: what either
   * of them alone names is named by many others, or by none.
   */
  isSameBasisBefore(before: string, after: string): boolean {
    const [then, now] = [wordsOf(before), wordsOf(after)];
    const { counts } = this.#index.count(this.#texts);
    const countOf = (word: string) => counts[this.#index.numberOf(word) ?? -1] ?? 0;
    const changed = [...then]
      .filter((word) => !now.has(word))
      .map((word) => [countOf(word) + 1, countOf(word)]);
    for (const word of now) if (!then.has(word)) changed.push([countOf(word) - 1, countOf(word)]);
    return changed.every(([first, second]) => first! > 1 === second! > 1);
  }

  /** Whether a data model, data source, macro or at least two searches name it. */
  has(name: string): boolean {
    const number = this.#index.numberOf(name);
    const { counts } = this.#index.count(this.#texts);
    return (
      (number !== undefined && (counts[number] ?? 0) > 1) ||
      this.#answers.fields.has(name) ||
      everyEvent.has(name) ||
      this.#index.modelFields(modelFields).has(name)
    );
  }

  /** The word that a name is one letter away from among those that `has` is true of; of several the likeliest. */
  near(name: string): string | undefined {
    const { near } = this.#answers;
    if (!near.has(name)) {
      this.#answers.byLetters ??= new NamesByLetters([
        ...everyEvent,
        ...this.#index.modelFields(modelFields),
        ...this.#ownFields(),
      ]);
      near.set(name, this.#answers.byLetters.near(name));
    }
    return near.get(name);
  }

  /**
   * Whether a name is made of words that names of fields have, those of `has` and common ones; in a repository of few
   * searches, which know few names, any is.
   */
  isFamiliar(name: string): boolean {
    if (!this.#answers.isLarge) return true;
    this.#answers.nameWords ??= new NameWords([
      ...this.#index.modelFields(modelFields),
      ...this.#ownFields(),
    ]);
    return this.#answers.nameWords.makeUp(name);
  }

  /** A text that is the same as long as all is answered the same of what the repository holds. */
  basis(): string {
    const names = this.#ownNames();
    const { isLarge, macroNames } = this.#answers;
    const macros = [...new Set(macroNames)].filter((name) => names.has(name));
    return [String(isLarge), ...[...names].sort(), '', ...macros.sort()].join('\n');
  }

  /** Those of `ownNames` that may be names of fields. */
  #ownFields(): readonly string[] {
    const macros = new Set(this.#answers.macroNames);
    return [...this.#ownNames()].filter((word) => !macros.has(word) && !word.endsWith('_filter'));
  }

  #ownNames(): ReadonlySet<string> {
    const { counts } = this.#index.count(this.#texts);
    const several = (): string[] => this.#index.words.filter((_, number) => (counts[number] ?? 0) > 1);
    this.#answers.ownNames ??= new Set([...this.#answers.fields, ...several()]);
    return this.#answers.ownNames;
  }
}
