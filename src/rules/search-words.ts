// The words that the searches of a repository are made of: what several of them name is no slip.
import type { ContentObject, Repository } from '../content/model.js';
import { nearest } from '../diagnostic/did-you-mean.js';
import { knownDataModels } from './data-models.js';

/** Fields that the index keeps of every event, whose names begin with an underscore. */
export const internalFields: readonly string[] =
  '_time _raw _indextime _cd _bkt _serial _si _sourcetype _subsecond _meta _kv _span _confstr'.split(' ');
/** Further fields of every event, which content seldom spells out. */
const defaultFields =
  'index host source sourcetype eventtype tag timestamp splunk_server splunk_server_group linecount punct timestartpos timeendpos date_hour date_mday date_minute date_month date_second date_wday date_year date_zone'.split(
    ' ',
  );

const separators = /[^\w.{}:@$-]+/;
const texts = new WeakMap<ContentObject, ReadonlySet<string>>();

/** The words of a text of SPL outside of its strings. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.replace(/"(?:[^"\\\s]|\\.)*\s(?:[^"\\]|\\.)*"/g, ' ').split(separators));
}

interface Answers {
  readonly names: readonly string[];
  readonly found: Map<string, string | undefined>;
}
/** The answers of the last repository: while it is watched, its words seldom change. */
let last: Answers | undefined;

function answersFor(names: readonly string[]): Answers {
  const isSame =
    last?.names.length === names.length && names.every((name, index) => last?.names[index] === name);
  if (last === undefined || !isSame) last = { names, found: new Map() };
  return last;
}

/** Counts words over all searches, once. */
export class SearchWords {
  readonly #counts = new Map<string, number>();
  #answers: Answers | undefined;
  readonly #declared = new Set([...internalFields, ...defaultFields]);

  constructor({ detections, baselines, investigations, macros, dataSources }: Repository) {
    const searches = [...detections, ...baselines, ...investigations];
    for (const object of searches) {
      let words = texts.get(object);
      if (words === undefined) {
        words = wordsOf(object.search);
        texts.set(object, words);
      }
      for (const word of words) this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
    }
    for (const { definition } of macros) for (const word of wordsOf(definition)) this.#declared.add(word);
    for (const { fields, outputFields } of dataSources)
      for (const name of [...fields, ...outputFields]) this.#declared.add(name);
    for (const { datasets } of knownDataModels().values())
      for (const { fields } of datasets) for (const { name } of fields) this.#declared.add(name);
  }

  /** Whether a data model, data source, macro or at least two searches name it. */
  has(name: string): boolean {
    return this.#declared.has(name) || (this.#counts.get(name) ?? 0) > 1;
  }

  /** The word nearest to a name among those that `has` is true of. */
  near(name: string): string | undefined {
    this.#answers ??= answersFor([...this.names()]);
    const { names, found } = this.#answers;
    if (!found.has(name)) found.set(name, nearest(name, names));
    return found.get(name);
  }

  /** All names that `has` is true of. */
  *names(): Iterable<string> {
    yield* this.#declared;
    for (const [word, count] of this.#counts) if (count > 1) yield word;
  }
}
