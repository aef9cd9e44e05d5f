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
  set(
    object: ContentObject,
    part: Part,
    found: readonly Diagnostic[],
    questions: readonly Question[],
    facts?: string,
  ): void;
  /**
   * Keeps that nothing is found in a search, when nothing was found in it with the same facts and all that was asked is
   * answered the same but for its macros. Gives back whether that is so.
   *
   * @param questions what the reading of the search depends on now
   */
  renew?(object: ContentObject, part: Part, facts: string, questions: readonly Question[]): boolean;
}

interface Result {
  readonly found: readonly Diagnostic[];
  readonly answers: readonly (readonly [Question, string])[];
  /** The facts of a search, for one that may be renewed. */
  readonly facts?: string | undefined;
}

const isOfMacro = (question: Question): boolean => question.startsWith('macro ');

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

  set(
    object: ContentObject,
    part: Part,
    found: readonly Diagnostic[],
    questions: readonly Question[],
    facts?: string,
  ): void {
    this.#keep(object, part, { found, answers: this.#answered(questions), facts });
  }

  renew(object: ContentObject, part: Part, facts: string, questions: readonly Question[]): boolean {
    const last = this.#results.get(object)?.[part];
    if (last === undefined || last.facts !== facts || last.found.length > 0) return false;
    const answers: (readonly [Question, string])[] = [];
    for (const asked of last.answers) {
      if (isOfMacro(asked[0])) continue;
      if (this.#answers?.of(asked[0]) !== asked[1]) return false;
      answers.push(asked);
    }
    answers.push(...this.#answered(questions.filter(isOfMacro)));
    this.#keep(object, part, { found: last.found, answers, facts });
    return true;
  }

  #answered(questions: readonly Question[]): Result['answers'] {
    return questions.map((question) => [question, this.#answers?.of(question) ?? ''] as const);
  }

  #keep(object: ContentObject, part: Part, result: Result): void {
    const results = this.#results.get(object);
    if (results === undefined) this.#results.set(object, { [part]: result });
    else results[part] = result;
  }
}
