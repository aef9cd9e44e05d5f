// What the check of one object may ask about the rest of the repository, and a short text for each answer, so that a
// result can be kept for as long as all that was asked is answered the same.
import { createHash } from 'node:crypto';
import { filterMacroNames } from '../content/filter-macros.js';
import type { ContentObject, Repository } from '../content/model.js';
import { allObjects } from './context.js';
import type { RuleContext } from './rule.js';
import { searchWordsOf } from './search-words.js';
import type { WordIndex } from './word-index.js';

/** What is asked about, then what of it, with a blank between. */
export type Question =
  | 'policies'
  | 'text'
  | 'faults'
  | 'macros'
  | 'macroNames'
  | 'lookups'
  | 'everything'
  | 'everyName'
  | 'macroSources'
  | 'searchSources'
  | 'words'
  | 'kept'
  | `${'app' | 'deployed' | 'origin' | 'setting' | 'macro' | 'lookup' | 'columns' | 'named' | 'near' | 'familiar' | 'names' | 'list' | 'future' | 'read' | 'exists'} ${string}`
  | `${'object' | 'has' | 'unreadable'} ${ContentObject['kind']} ${string}`
  | `${'any' | 'stems'} ${ContentObject['kind']}`
  | `faulty ${string}`;

export interface AnswerOptions {
  readonly context: RuleContext;
  /** A text that is the same for the same content of an object. */
  readonly identity: (object: ContentObject) => string;
  /** A text that is the same for the same searches of an object. */
  readonly searchIdentity: (object: ContentObject) => string;
  /** A text that is the same for the same bytes of a file of the repository, '' for one that is not there. */
  readonly fileIdentity: (file: string) => string;
  /** Words of earlier repositories. */
  readonly words: WordIndex;
}

/** Longer answers are kept as their hash; making one of every short answer would cost more than it saves. */
const longestAnswer = 120;

/** Answers each question once. */
export class Answers {
  readonly #options: AnswerOptions;
  readonly #answers = new Map<string, string>();
  #macros: Map<string, string> | undefined;

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  /** The same object as in an earlier run where all questions about words are answered the same; undefined when in doubt. */
  get wordState(): object | undefined {
    const { context, words } = this.#options;
    return context.unreadableFiles.length > 0 ? undefined : searchWordsOf(context.repository, words).state;
  }

  of(question: string): string {
    let answer = this.#answers.get(question);
    if (answer === undefined) {
      answer = this.#answer(question);
      if (answer.length > longestAnswer) answer = createHash('sha1').update(answer).digest('base64url');
      this.#answers.set(question, answer);
    }
    return answer;
  }

  #answer(question: string): string {
    const { context, identity, searchIdentity, fileIdentity } = this.#options;
    const { repository } = context;
    const at = question.indexOf(' ');
    const [about, what] = at < 0 ? [question, ''] : [question.slice(0, at), question.slice(at + 1)];
    switch (about) {
      case 'app':
        return JSON.stringify(Reflect.get(repository.app, what)) ?? '';
      case 'setting':
        return JSON.stringify(Reflect.get(repository.settings, what)) ?? '';
      case 'deployed': {
        const cut = what.indexOf(' ');
        return String(context.isDeployed(what.slice(0, cut) as 'type' | 'name', what.slice(cut + 1)));
      }
      case 'text':
        // The object's own, which goes with its identity.
        return '';
      case 'origin': {
        const cut = what.indexOf(' ');
        return context.nearOrigin(what.slice(0, cut) as 'source' | 'sourcetype', what.slice(cut + 1)) ?? '';
      }
      case 'policies': {
        const { extends: presets, rules, overrides } = repository.settings;
        return JSON.stringify([presets, rules, overrides]);
      }
      case 'faults':
        return [...context.faultyFiles, '', ...context.unreadableNames].join('\n');
      case 'faulty':
        return String(context.isFaulty(what));
      case 'unreadable': {
        const [kind, name] = kindAndName(what);
        return String(context.isUnreadable(kind, name));
      }
      case 'stems':
        return [...context.unreadableStems(what as ContentObject['kind'])].join('\n');
      case 'macros':
        return [...this.#macroTable()].join('\n');
      case 'macroNames':
        return [...this.#macroTable().keys()].join('\n');
      case 'macro':
        return this.#macroTable().get(what) ?? '';
      case 'lookups':
        return [...context.lookupNames()].join('\n');
      case 'lookup':
        return String(context.hasLookup(what));
      case 'columns':
        return JSON.stringify(context.lookupColumns(what)) ?? '';
      case 'named':
        return String(context.isNamedElsewhere(what));
      case 'near':
        return context.nearName(what) ?? '';
      case 'familiar':
        return String(context.isFamiliar(what));
      case 'searchSources':
        return (
          [
            ...repository.detections,
            ...repository.baselines,
            ...repository.investigations,
            ...repository.macros,
            ...repository.dataSources,
          ]
            // The name of a macro is no word of a field.
            .map(
              (object) =>
                `${object.file} ${searchIdentity(object)} ${object.kind === 'macro' ? object.name : ''}`,
            )
            .concat(this.#unreadable())
            .join('\n')
        );
      case 'words':
        return [searchWordsOf(repository, this.#options.words).basis(), ...this.#unreadable()].join('\n');
      case 'names':
        return [...context.names(what as ContentObject['kind'])].join('\n');
      case 'macroSources':
        return [
          ...repository.macros.map((macro) => `${macro.name} ${identity(macro)}`),
          ...repository.detections.map(({ stem, name }) => `${stem} ${name}`),
        ].join('\n');
      case 'everyName':
        return allObjects(repository)
          .map(({ kind, name }) => `${kind} ${name}`)
          .join('\n');
      case 'kept':
        return (Object.keys(keptLists) as (keyof typeof keptLists)[])
          .flatMap((list) => repository[list].map((object) => `${object.file} ${identity(object)}`))
          .join('\n');
      case 'list':
        return listOf(repository, what).map(identity).join('\n');
      case 'has': {
        const [kind, name] = kindAndName(what);
        return String(context.has(kind, name));
      }
      case 'any':
        return String(context.hasAny(what as ContentObject['kind']));
      case 'object': {
        const [kind, name] = kindAndName(what);
        const object = context.byName(kind, name);
        return object === undefined ? '' : `${object.file} ${identity(object)}`;
      }
      case 'future':
        return String(context.isFuture(what));
      case 'read':
        // What lies outside of the repository, also behind a link, is not even looked at.
        return context.hasFile(what) ? fileIdentity(what) : '';
      case 'exists':
        return String(context.hasFile(what));
      default:
        return [...allObjects(repository).map(identity), ...context.otherFiles].join('\n');
    }
  }

  /** Files that could not be read with what they hold: the names in them count as known. */
  #unreadable(): string[] {
    const { context, fileIdentity } = this.#options;
    return context.unreadableFiles.map((file) => `${file} ${fileIdentity(file)}`);
  }

  /** Identity of what stands behind each name of a macro. */
  #macroTable(): ReadonlyMap<string, string> {
    if (this.#macros === undefined) {
      this.#macros = new Map();
      const { repository } = this.#options.context;
      for (const detection of repository.detections)
        for (const name of filterMacroNames(detection)) this.#macros.set(name, 'filter');
      for (const macro of repository.macros)
        this.#macros.set(
          macro.name,
          `${this.#macros.get(macro.name) ?? ''} ${this.#options.identity(macro)}`,
        );
    }
    return this.#macros;
  }
}

function kindAndName(text: string): [kind: ContentObject['kind'], name: string] {
  const cut = text.indexOf(' ');
  return [text.slice(0, cut) as ContentObject['kind'], text.slice(cut + 1)];
}

const listOf = (repository: Repository, name: string): readonly ContentObject[] =>
  repository[name as ListName] as readonly ContentObject[];

/** Lists whose objects seldom change, with their kind; the question `kept` is about all of them. */
export const keptLists = {
  lookups: 'lookup',
  stories: 'story',
  dataSources: 'dataSource',
  deployments: 'deployment',
  schedules: 'schedule',
} as const satisfies Partial<Record<ListName, ContentObject['kind']>>;

/** The lists of a repository that are made of objects. */
export const listNames = [
  'detections',
  'macros',
  'lookups',
  'stories',
  'baselines',
  'investigations',
  'dataSources',
  'deployments',
  'schedules',
  'dashboards',
  'playbooks',
  'removed',
] as const satisfies readonly (keyof Repository)[];
export type ListName = (typeof listNames)[number];
