// Shares the work of a build without a cache among threads. What they find is put where a cache would have had it, so
// that the build goes the same way with and without them.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Answers, ownFragments, renderAhead, type Seat, type Task } from './build-share.js';
import type { BuildCache } from './cache/build-cache.js';
import { contentFiles, type LoadedContent, readAhead } from './content/load.js';
import type { Repository } from './content/model.js';
import type { Tree } from './content/tree.js';
import { programFolder } from './package-root.js';
import { allObjects } from './rules/context.js';
import { checkAhead } from './rules/run.js';
import { checkOptions } from './validate.js';

/** Files that are new to a build from which threads pay. */
const worthwhile = 400;
/** Threads at most; more wait for the one that puts things together. */
const mostThreads = 4;
/** Files that a thread is given at a time. */
const portion = 32;

/**
 * As many as the machine runs at once. Each compiles the program for itself, beside V8's own threads: with two
 * processors that takes what it saves.
 */
function defaultThreads(): number {
  const processors = availableParallelism();
  return processors < 3 ? 1 : processors;
}

/** One thread with what it has read. */
class Thread {
  readonly files: string[] = [];
  readonly #worker: Worker;
  readonly #waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];

  constructor(program: string, seat: Seat) {
    this.#worker = new Worker(program, { workerData: seat });
    this.#worker.on('message', (answer) => this.#waiting.shift()?.resolve(answer));
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the thread has ended')));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  /** Answers come in the order of the tasks. */
  ask<K extends Task['kind']>(task: Extract<Task, { kind: K }>): Promise<Answers[K]> {
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(task);
    }).then((answer) => (typeof answer === 'string' ? JSON.parse(answer) : answer) as Answers[K]);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** The threads of one build; this thread is number 0. */
export class BuildThreads {
  readonly #tree: Tree;
  readonly #cache: BuildCache;
  readonly #threads: readonly Thread[];
  readonly #count: number;

  private constructor(tree: Tree, cache: BuildCache, count: number, program: string) {
    this.#tree = tree;
    this.#cache = cache;
    this.#count = count;
    this.#threads = Array.from(
      { length: count - 1 },
      (_, index) => new Thread(program, { root: tree.root, number: index + 1, threads: count }),
    );
  }

  /**
   * Reads what the cache does not know. Returns the threads for what follows, or nothing when they do not pay.
   *
   * @param jobs  threads at most
   */
  static async read(tree: Tree, cache: BuildCache, jobs?: number): Promise<BuildThreads | undefined> {
    const count = Math.min(jobs ?? defaultThreads(), mostThreads);
    const program = join(programFolder(), 'build-worker.js');
    if (count < 2 || !existsSync(program)) return undefined;
    const files = contentFiles(tree).filter((file) => !cache.knows(file));
    if (files.length < worthwhile) return undefined;
    const threads = new BuildThreads(tree, cache, count, program);
    await threads.#attempt(() => threads.#read(files));
    return threads;
  }

  async #read(files: readonly string[]): Promise<void> {
    let next = 0;
    const take = () => {
      next += portion;
      return files.slice(next - portion, next);
    };
    const feed = async (thread: Thread): Promise<void> => {
      for (let portionOf = take(); portionOf.length > 0; portionOf = take()) {
        thread.files.push(...portionOf);
        for (const file of await thread.ask({ kind: 'read', files: portionOf })) this.#cache.adopt(file);
      }
    };
    // Two portions each, so that a thread need not wait for this one to hand out the next.
    const fed = this.#threads.flatMap((thread) => [feed(thread), feed(thread)]);
    const all = Promise.all(fed);
    all.catch(() => {});
    for (let own = take(); own.length > 0; own = take()) {
      for (const file of own) readAhead(this.#tree, file, this.#cache.content);
      await setImmediate();
    }
    await all;
  }

  /** Checks the objects of a loaded repository that each thread has read. */
  async check(loaded: LoadedContent, today: string): Promise<void> {
    await this.#attempt(async () => {
      const files = [...loaded.documents.keys()];
      const answers = this.#threads.map((thread) => {
        const own = new Set(thread.files);
        const others = files.flatMap((file) => (own.has(file) ? [] : [this.#cache.share(file) ?? []]));
        const shared = JSON.stringify(others.filter((one) => one.length > 0));
        return thread.ask({ kind: 'check', others: shared, files: thread.files, today });
      });
      const all = Promise.all(answers);
      all.catch(() => {});
      const taken = new Set(this.#threads.flatMap((thread) => thread.files));
      const own = new Set(files.filter((file) => !taken.has(file)));
      checkAhead(loaded, checkOptions({ today, results: this.#cache.results }), own);
      const objects = new Map(allObjects(loaded.content).map((object) => [object.file, object]));
      for (const [file, part, found, questions] of (await all).flat()) {
        const object = objects.get(file);
        if (object !== undefined) this.#cache.results.set(object, part, found, questions);
      }
    });
  }

  /** Makes the fragments of the output, each thread its own. */
  async render(repository: Repository, task: Omit<Extract<Task, { kind: 'render' }>, 'kind'>): Promise<void> {
    await this.#attempt(async () => {
      const answers = this.#threads.map((thread) => thread.ask({ kind: 'render', ...task }));
      const all = Promise.all(answers);
      all.catch(() => {});
      const store = ownFragments(this.#cache.outputs, { number: 0, threads: this.#count }, () => {});
      renderAhead(repository, task, store);
      for (const [path, fragment] of (await all).flat()) this.#cache.outputs.adopt(path, fragment);
    });
  }

  /** A thread that fails takes nothing with it: what is missing is made where it is wanted. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch {
      await this.end();
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }
}
