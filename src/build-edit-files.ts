// The files that a build after one edit has not looked at, as the last build read them, for those that ask all the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildCache } from './cache/build-cache.js';
import { contentKind, type readConfig, sortPaths } from './content/load.js';
import type { ContentObject, Repository } from './content/model.js';
import type { Tree } from './content/tree.js';
import { UnansweredQuestion } from './rules/answered-context.js';
import { type ListName, listNames } from './rules/answers.js';
import { SearchWords } from './rules/search-words.js';

/** What the files of settings say. */
export type Configured = ReturnType<typeof readConfig>;

const kindOfList = {
  detections: 'detection',
  macros: 'macro',
  lookups: 'lookup',
  stories: 'story',
  baselines: 'baseline',
  investigations: 'investigation',
  dataSources: 'dataSource',
  deployments: 'deployment',
  schedules: 'schedule',
  dashboards: 'dashboard',
  playbooks: 'playbook',
  removed: 'removed',
} as const satisfies Record<ListName, ContentObject['kind']>;

/** Objects are made when somebody asks for them. */
export class EditFiles {
  readonly #tree: Tree;
  readonly #cache: BuildCache;

  constructor(tree: Tree, cache: BuildCache) {
    this.#tree = tree;
    this.#cache = cache;
  }

  /** The words of all searches; the texts of others are not looked at. */
  words(): SearchWords {
    // Each a new object, with the text of a search that is read when it has to be counted.
    const texts = (kind: 'detection' | 'baseline' | 'investigation') =>
      this.filesOf(kind).map((file) => {
        const search = () => {
          const object = this.object(file);
          return object !== undefined && 'search' in object ? object.search : '';
        };
        return {
          file,
          get search() {
            return search();
          },
        };
      });
    const { macros, dataSources } = this.repository({} as Configured, ['macros', 'dataSources']);
    const lists = {
      detections: texts('detection'),
      baselines: texts('baseline'),
      investigations: texts('investigation'),
    };
    return new SearchWords({ ...lists, macros, dataSources }, this.#cache.results.words);
  }

  /** What of the repository is at hand: some lists; a rule that wants another one asks too much. */
  repository(configured: Configured, lists: readonly ListName[]): Repository {
    const repository = { root: this.#tree.root, ...configured } as Repository;
    for (const name of listNames)
      Object.defineProperty(repository, name, {
        get: () => {
          if (!lists.includes(name)) throw new UnansweredQuestion(`list ${name}`);
          return this.filesOf(kindOfList[name]).flatMap((file) => this.object(file) ?? []);
        },
      });
    return repository;
  }

  /** All names of a kind. */
  namesOf(kind: ContentObject['kind']): ReadonlySet<string> {
    return new Set(this.filesOf(kind).flatMap((file) => this.#nameIn(file) ?? []));
  }

  #nameIn(file: string): string | undefined {
    const name = this.#cache.entry(file)?.stored.object?.['name'];
    return typeof name === 'string' ? name : undefined;
  }

  readonly #objects = new Map<string, ContentObject | undefined>();

  /** The object of a file that is as it was, or of the one that was edited. */
  object(file: string): ContentObject | undefined {
    const [cache, tree] = [this.#cache, this.#tree];
    if (!this.#objects.has(file)) {
      const known = cache.content.files.get(file)?.result;
      const bytes = () => readFileSync(join(tree.root, file));
      this.#objects.set(file, (known ?? cache.restore(file, contentKind(file)!, bytes))?.object);
    }
    return this.#objects.get(file);
  }

  #files: Map<string | undefined, string[]> | undefined;

  /** Content files that hold objects of a kind, in order. */
  filesOf(kind: ContentObject['kind']): readonly string[] {
    if (this.#files === undefined) {
      this.#files = new Map();
      for (const file of this.#cache.known) {
        const of = contentKind(file)?.of;
        const files = this.#files.get(of);
        if (files === undefined) this.#files.set(of, [file]);
        else files.push(file);
      }
    }
    const files = this.#files.get(kind) ?? [];
    sortPaths(files);
    return files;
  }
}
