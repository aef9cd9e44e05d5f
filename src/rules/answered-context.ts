// The context in which the rules check the one object that has changed: what they ask about the rest of the repository is
// answered as an earlier run answered it.
import type { ContentObject, Repository } from '../content/model.js';
import type { ContentFile } from '../content/read-file.js';
import type { Tree } from '../content/tree.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import type { Question } from './answers.js';
import type { KnownColumns } from './lookup-columns.js';
import type { RuleContext } from './rule.js';
import type { SearchWords } from './search-words.js';

/** Thrown by a question that nobody has asked before, or whose answer is not kept: then the whole repository is needed. */
export class UnansweredQuestion extends Error {}

interface Options {
  /** What of the repository is at hand; lists that are not throw. */
  readonly repository: Repository;
  readonly tree: Tree;
  /** ISO day. */
  readonly today: string;
  /** The file of the object that has changed. */
  readonly file: ContentFile;
  /** All names of a kind. */
  readonly names: RuleContext['names'];
  /** The words of all searches; undefined where they cannot be told. */
  readonly words: () => SearchWords | undefined;
  /** What `Answers` answered to a question, undefined for one that was not asked. */
  readonly answer: (question: Question) => string | undefined;
}

/** Makes the context. */
export function answeredContext({
  repository,
  tree,
  today,
  file: own,
  names,
  words,
  answer,
}: Options): RuleContext {
  const known = (question: Question): string => {
    const found = answer(question);
    if (found === undefined) throw new UnansweredQuestion(question);
    return found;
  };
  const isTrue = (question: Question): boolean => known(question) === 'true';
  const told = (question: Question, tell: (all: SearchWords) => string): string => {
    const all = answer(question) === undefined ? words() : undefined;
    return all === undefined ? known(question) : tell(all);
  };
  const unanswered = (question: string): never => {
    throw new UnansweredQuestion(question);
  };
  const document = (file: string) => (file === own.file ? own.document : unanswered(`read ${file}`));
  return {
    repository,
    isFuture: (day) => day > today,
    isUnreadable: (kind, name) => isTrue(`unreadable ${kind} ${name}`),
    get faultyFiles() {
      return unanswered('faults');
    },
    get unreadableFiles() {
      return unanswered('faults');
    },
    get unreadableNames() {
      return unanswered('faults');
    },
    // The file of an object that is checked by itself has no errors.
    isFaulty: (file) => file !== own.file && isTrue(`faulty ${file}`),
    unreadableStems: (kind) => unanswered(`stems ${kind}`),
    readFile: (file) => tree.read(file),
    hasFile: (file) => tree.resolve(file) !== undefined,
    get otherFiles() {
      return unanswered('everything');
    },
    byName: <K extends ContentObject['kind']>(kind: K, name: string) =>
      known(`object ${kind} ${name}`) === '' ? undefined : unanswered(`object ${kind} ${name}`),
    has: (kind, name) => isTrue(`has ${kind} ${name}`),
    hasAny: (kind) => isTrue(`any ${kind}`),
    isDeployed: (by, what) => isTrue(`deployed ${by} ${what}`),
    nearOrigin: (kind, name) => known(`origin ${kind} ${name}`) || undefined,
    raw: (object) => {
      const value = document(object.file)?.value;
      return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
    },
    text: (file) => document(file)?.text ?? '',
    get testFiles() {
      return unanswered('everything');
    },
    suggest: (kind, name) => didYouMean(name, names(kind)),
    names,
    lookupNames: () => unanswered('lookups'),
    hasLookup: (name) => isTrue(`lookup ${name}`),
    lookupColumns: (name) => {
      const text = known(`columns ${name}`);
      if (text === '') return undefined;
      // Of long answers only a hash is kept.
      return text.startsWith('{') ? (JSON.parse(text) as KnownColumns) : unanswered(`columns ${name}`);
    },
    isNamedElsewhere: (field) => told(`named ${field}`, (all) => String(all.has(field))) === 'true',
    nearName: (field) => told(`near ${field}`, (all) => all.near(field) ?? '') || undefined,
    isFamiliar: (field) => told(`familiar ${field}`, (all) => String(all.isFamiliar(field))) === 'true',
  };
}

/**
 * Whether the answer to a question can be told without the whole repository, now and by the next run: the others of
 * which that is true must have been asked before.
 */
export const isOfItself = (question: string): boolean =>
  /^(?:future|read|exists|setting|app|names|named|near|familiar) |^(?:policies|text)$/.test(question);
