// The words that the searches of a repository are made of: what several of them name is no slip.
import type { ContentObject, Repository } from '../content/model.js';
import { defaultFields, internalFields } from '../default-fields.js';
import { NamesByLetters } from '../diagnostic/did-you-mean.js';
import { knownDataModels } from './data-models.js';
import { NameWords } from './name-words.js';
import { WordIndex } from './word-index.js';

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

interface Answers {
  readonly names: readonly string[];
  readonly byLetters: NamesByLetters;
  readonly found: Map<string, string | undefined>;
}
/** The answers of the last repository: while it is watched, its words seldom change. */
let last: Answers | undefined;

function answersFor(names: readonly string[]): Answers {
  const isSame =
    last?.names.length === names.length && names.every((name, index) => last?.names[index] === name);
  if (last === undefined || !isSame) last = { names, byLetters: new NamesByLetters(names), found: new Map() };
  return last;
}

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

/** How many searches name each word. */
export class SearchWords {
  readonly #index: WordIndex;
  /** By the number of the word; one that macros name counts as several. */
  readonly #counts: number[] = [];
  readonly #fields = new Set<string>();
  readonly #macros: Repository['macros'];
  readonly #isLarge: boolean;
  #answers: Answers | undefined;
  #nameWords: NameWords | undefined;

  constructor(
    { detections, baselines, investigations, macros, dataSources }: Repository,
    index = new WordIndex(),
  ) {
    this.#index = index;
    const searches = [...detections, ...baselines, ...investigations];
    for (const object of searches) this.#count(object, () => object.search, 1);
    this.#isLarge = searches.length >= manySearches;
    this.#macros = macros;
    for (const macro of macros) this.#count(macro, () => macro.definition, 2);
    for (const { fields, outputFields } of dataSources)
      for (const name of [...fields, ...outputFields]) this.#fields.add(name);
  }

  #count(object: ContentObject, text: () => string, times: number): void {
    for (const number of this.#index.of(object, text))
      this.#counts[number] = (this.#counts[number] ?? 0) + times;
  }

  /** Whether a data model, data source, macro or at least two searches name it. */
  has(name: string): boolean {
    const number = this.#index.numberOf(name);
    return (
      (number !== undefined && (this.#counts[number] ?? 0) > 1) ||
      this.#fields.has(name) ||
      everyEvent.has(name) ||
      this.#index.modelFields(modelFields).has(name)
    );
  }

  /** The word that a name is one letter away from among those that `has` is true of; of several the likeliest. */
  near(name: string): string | undefined {
    this.#answers ??= answersFor([
      ...everyEvent,
      ...this.#index.modelFields(modelFields),
      ...this.#ownFields(),
    ]);
    const { byLetters, found } = this.#answers;
    if (!found.has(name)) found.set(name, byLetters.near(name));
    return found.get(name);
  }

  /**
   * Whether a name is made of words that names of fields have, those of `has` and common ones; in a repository of few
   * searches, which know few names, any is.
   */
  isFamiliar(name: string): boolean {
    if (!this.#isLarge) return true;
    this.#nameWords ??= new NameWords([...this.#index.modelFields(modelFields), ...this.#ownFields()]);
    return this.#nameWords.makeUp(name);
  }

  /** A text that is the same as long as all is answered the same of what the repository holds. */
  basis(): string {
    const names = this.#ownNames();
    const macros = [...this.#macroNames()].filter((name) => names.has(name));
    return [String(this.#isLarge), ...[...names].sort(), '', ...macros.sort()].join('\n');
  }

  #macroNames(): ReadonlySet<string> {
    return new Set(this.#macros.map(({ name }) => name));
  }

  /** Those of `ownNames` that may be names of fields. */
  #ownFields(): readonly string[] {
    const macros = this.#macroNames();
    return [...this.#ownNames()].filter((word) => !macros.has(word) && !word.endsWith('_filter'));
  }

  /** The names that `has` is true of for what the repository holds, each once. */
  #ownNames(): ReadonlySet<string> {
    const { words } = this.#index;
    return new Set([...this.#fields, ...words.filter((_, number) => (this.#counts[number] ?? 0) > 1)]);
  }
}
