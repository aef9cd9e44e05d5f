// Remembers what rules found in an object for as long as it and what they asked about the rest are the same.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentObject } from '../content/model.js';
import { isSameContent } from '../content/same-content.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { Answers, type Question } from './answers.js';
import type { RuleContext } from './rule.js';
import { WordIndex } from './word-index.js';

/**
 * What is checked by itself in an object, for it depends on other things: itself without its searches, its search, its
 * drilldowns, and all of these by the rules that the settings turn on.
 */
export const parts = ['object', 'search', 'drilldowns', 'policies'] as const;
export type Part = (typeof parts)[number];

/** Results of earlier checks. */
export interface ResultStore {
  /** Words of what was checked earlier. */
  readonly words?: WordIndex;
  /** Begins a run over a repository. */
  begin(context: RuleContext): void;
  get(object: ContentObject, part: Part): readonly Diagnostic[] | undefined;
  /** The answer to a question, where it is known without working it out. */
  held?(question: Question): string | undefined;
  /** Keeps what was found after the questions that were asked. */
  set(object: ContentObject, part: Part, found: readonly Diagnostic[], questions: readonly Question[]): void;
}

interface Result {
  readonly found: readonly Diagnostic[];
  readonly answers: readonly (readonly [Question, string])[];
}

/** Size and time of change, as for content files; '' for a file that is not there or can't be. */
function stampOf(path: string): string {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? '' : `${stat.size} ${stat.mtimeMs}`;
  } catch {
    return '';
  }
}

/**
 * Results in memory. An object read anew is a new object, so that its old result is never found; to others it is the
 * one it was when it says the same.
 */
export class ResultCache implements ResultStore {
  readonly #results = new WeakMap<ContentObject, Partial<Record<Part, Result>>>();
  readonly #numbers = new WeakMap<ContentObject, number>();
  /** The last object of each file, by which a new one may know that it says the same. */
  readonly #last = new Map<string, ContentObject>();
  readonly words = new WordIndex();
  #next = 0;
  #answers: Answers | undefined;

  begin(context: RuleContext): void {
    this.#answers = new Answers({
      context,
      identity: (object) => this.#identity(object),
      searchIdentity: (object) => this.#identity(object),
      fileIdentity: (file) => stampOf(join(context.repository.root, file)),
      words: this.words,
    });
  }

  #identity(object: ContentObject): string {
    let number = this.#numbers.get(object);
    if (number === undefined) {
      const last = this.#last.get(object.file);
      const known = last !== undefined && isSameContent(last, object) ? this.#numbers.get(last) : undefined;
      number = known ?? this.#next++;
      this.#numbers.set(object, number);
      this.#last.set(object.file, object);
    }
    return String(number);
  }

  get(object: ContentObject, part: Part): readonly Diagnostic[] | undefined {
    const result = this.#results.get(object)?.[part];
    const isSame = result?.answers.every(([question, answer]) => this.#answers?.of(question) === answer);
    return isSame === true ? result?.found : undefined;
  }

  set(object: ContentObject, part: Part, found: readonly Diagnostic[], questions: readonly Question[]): void {
    const answers = questions.map((question) => [question, this.#answers?.of(question) ?? ''] as const);
    this.#results.set(object, { ...this.#results.get(object), [part]: { found, answers } });
  }
}
