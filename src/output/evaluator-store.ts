// What of evaluators outlives a build: names that were looked up for each, and what it was made into.
import type { ContentObject } from '../content/model.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';

/** What was found out about the evaluator of one detection; plain data. */
export interface KeptEvaluator {
  /** Tells the detection and the answers to all that was asked for. */
  readonly key: string;
  /** Names of macros and of saved searches that were looked up. */
  readonly macros: readonly string[];
  readonly searches: readonly string[];
  /** Lookups that the module reads, each with the stem of its file, '' for one that is unknown; none without a module. */
  readonly lookups?: readonly (readonly [name: string, stem: string])[];
  /** Why there is no module, when that is worth telling. */
  readonly fault?: Diagnostic;
}

/** Evaluators of earlier builds. */
export interface EvaluatorStore {
  get(file: string): KeptEvaluator | undefined;
  set(file: string, kept: KeptEvaluator): void;
  /** The text of a module, by its path, as the last build wrote it. */
  module(path: string): string | undefined;
  /** A text that is the same for the same content of an object. */
  identity(object: ContentObject): string;
}
