// What is known of each detection's evaluator, in a file of its own that is opened only by builds that make evaluators.
import type { ContentObject } from '../content/model.js';
import type { EvaluatorStore, KeptEvaluator } from '../output/evaluator-store.js';
import {
  asciiJson,
  type CacheFile,
  evaluatorsPath,
  keptFile,
  linesFile,
  linesOf,
  type Part,
  readPart,
} from './cache-file.js';
import type { OutputRecords } from './output-records.js';

/** Where the modules lie in the output folder. */
export const evaluatorsFolder = 'evaluators';

interface Access {
  /** The program, whose own records alone are read. */
  readonly program: string;
  /** detc's folder inside the output folder; undefined where nothing is kept. */
  readonly folder: string | undefined;
  readonly outputs: Pick<OutputRecords, 'contentOf'>;
  identity(object: ContentObject): string;
}

/** The evaluators of the last build, and of this one. */
export class EvaluatorRecords implements EvaluatorStore {
  readonly #access: Access;
  readonly #fresh = new Map<string, KeptEvaluator>();
  #then: ReadonlyMap<string, KeptEvaluator> | undefined;
  #part: Part | undefined;

  constructor(access: Access) {
    this.#access = access;
  }

  identity(object: ContentObject): string {
    return this.#access.identity(object);
  }

  get(file: string): KeptEvaluator | undefined {
    this.#then ??= this.#read();
    return this.#then.get(file);
  }

  set(file: string, kept: KeptEvaluator): void {
    this.#fresh.set(file, kept);
  }

  module(path: string): string | undefined {
    return this.#access.outputs.contentOf(`${evaluatorsFolder}/${path}`);
  }

  #read(): ReadonlyMap<string, KeptEvaluator> {
    const { folder, program } = this.#access;
    this.#part = folder === undefined ? undefined : readPart(folder, evaluatorsPath);
    const [line] = this.#part === undefined ? [] : linesOf(program, this.#part);
    if (line === undefined) {
      this.#part = undefined;
      return new Map();
    }
    return new Map(JSON.parse(line) as [string, KeptEvaluator][]);
  }

  /** The file after a build; undefined after one that made no evaluators, which leaves the one that lies there. */
  file(): CacheFile | undefined {
    if (this.#then === undefined) return undefined;
    const isSame =
      this.#fresh.size === this.#then.size &&
      [...this.#fresh].every(([file, kept]) => this.#then?.get(file) === kept);
    if (isSame && this.#part !== undefined) return keptFile(evaluatorsPath, this.#part);
    return {
      path: evaluatorsPath,
      content: () => linesFile(this.#access.program, [asciiJson([...this.#fresh])]),
    };
  }
}
