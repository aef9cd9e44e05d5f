// What a thread does that helps a build without a cache: it reads, checks and renders its share of the content.
import { renderApi } from './app/api.js';
import { renderAppFragments } from './app/app.js';
import { BuildCache, type SharedFile } from './cache/build-cache.js';
import { type LoadedContent, loadRepository, readAhead } from './content/load.js';
import type { Repository } from './content/model.js';
import { Tree } from './content/tree.js';
import type { Diagnostic } from './diagnostic/diagnostic.js';
import { type Fragment, type FragmentStore, ownerOf } from './output/fragments.js';
import type { Question } from './rules/answers.js';
import type { Part, ResultStore } from './rules/result-cache.js';
import { checkAhead } from './rules/run.js';
import { checkOptions } from './validate.js';

/** What a thread is asked for; JSON stands for what is large. */
export type Task =
  | { readonly kind: 'read'; readonly files: readonly string[] }
  /** `others` is what it has not read itself. */
  | {
      readonly kind: 'check';
      readonly others: string;
      readonly files: readonly string[];
      readonly today: string;
    }
  | {
      readonly kind: 'render';
      readonly formats: readonly string[];
      readonly leftOut: readonly string[];
      readonly epoch: number | undefined;
      readonly strict: boolean;
    };

/** The answers to the tasks. */
export interface Answers {
  readonly read: readonly SharedFile[];
  readonly check: readonly CheckedFile[];
  readonly render: readonly (readonly [path: string, fragment: Fragment])[];
}
type CheckedFile = readonly [
  file: string,
  part: Part,
  found: readonly Diagnostic[],
  questions: readonly Question[],
];

/** The repository, and which of how many threads this one is. */
export interface Seat {
  readonly root: string;
  readonly number: number;
  readonly threads: number;
}

/** The thread that makes the fragments of a block. */
export function threadOf(owner: string, threads: number): number {
  let sum = 0;
  for (let at = 0; at < owner.length; at++) sum = (sum + owner.charCodeAt(at)) | 0;
  return sum % threads;
}

/** A store that has only the fragments of one thread made, by another store. */
export function ownFragments(
  store: FragmentStore,
  { number, threads }: Pick<Seat, 'number' | 'threads'>,
  tell: (path: string, fragment: Fragment) => void,
): FragmentStore {
  return {
    identity: (object) => store.identity(object),
    fragment(path, block, depends, make) {
      const owner = ownerOf(block);
      if (threadOf(owner, threads) !== number)
        return { owner, key: '', bytes: new Uint8Array(), length: 0, note: { tested: 0 } };
      const fragment = store.fragment(path, block, depends, make);
      tell(path, fragment);
      return fragment;
    },
  };
}

/** Makes the fragments of the formats that have any. */
export function renderAhead(
  repository: Repository,
  task: Pick<Extract<Task, { kind: 'render' }>, 'formats' | 'epoch' | 'strict'>,
  store: FragmentStore,
): void {
  const { epoch, strict } = task;
  if (task.formats.includes('app')) renderAppFragments(repository, { epoch, store }, strict);
  if (task.formats.includes('api')) renderApi(repository, { epoch, store });
}

/** Does the tasks of one thread, in order. */
export class Helper {
  readonly #seat: Seat;
  readonly #cache: BuildCache;
  readonly #tree: Tree;
  #loaded: LoadedContent | undefined;

  constructor(seat: Seat) {
    this.#seat = seat;
    this.#tree = new Tree(seat.root);
    // Nothing is known and nothing written.
    this.#cache = new BuildCache(seat.root);
  }

  do(task: Task): string | Answers['render'] {
    switch (task.kind) {
      case 'read':
        return JSON.stringify(this.#read(task.files));
      case 'check':
        return JSON.stringify(this.#check(task));
      case 'render':
        return this.#render(task);
    }
  }

  #read(files: readonly string[]): SharedFile[] {
    return files.flatMap((file) => {
      readAhead(this.#tree, file, this.#cache.content);
      const shared = this.#cache.share(file);
      return shared === undefined ? [] : [shared];
    });
  }

  #check({ others, files, today }: Extract<Task, { kind: 'check' }>): CheckedFile[] {
    for (const file of JSON.parse(others) as SharedFile[]) this.#cache.adopt(file);
    this.#loaded = loadRepository(this.#seat.root, this.#cache.content, this.#tree);
    const checked: CheckedFile[] = [];
    const results: ResultStore = {
      begin() {},
      get: () => undefined,
      set: (object, part, found, questions) => checked.push([object.file, part, found, questions]),
    };
    checkAhead(this.#loaded, checkOptions({ today, results }), new Set(files));
    return checked;
  }

  #render(task: Extract<Task, { kind: 'render' }>): Answers['render'] {
    const { content } = this.#loaded!;
    const leftOut = new Set(task.leftOut);
    const detections = content.detections.filter(({ file }) => !leftOut.has(file));
    const made: (readonly [string, Fragment])[] = [];
    const store = ownFragments(this.#cache.outputs, this.#seat, (path, fragment) =>
      made.push([path, fragment]),
    );
    renderAhead({ ...content, detections }, task, store);
    return made;
  }
}
