// Remembers what rules found in an object for as long as it and what they asked about the rest are the same.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentObject } from '../content/model.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { Answers, type Question } from './answers.js';
import type { RuleContext } from './rule.js';

/** Results of earlier checks. */
export interface ResultStore {
  /** Begins a run over a repository. */
  begin(context: RuleContext): void;
  get(object: ContentObject): readonly Diagnostic[] | undefined;
  /** Keeps what was found after the questions that were asked. */
  set(object: ContentObject, found: readonly Diagnostic[], questions: readonly Question[]): void;
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

/** Results in memory. An object read anew is a new object, so that its old result is never found. */
export class ResultCache implements ResultStore {
  readonly #results = new WeakMap<ContentObject, Result>();
  readonly #numbers = new WeakMap<ContentObject, number>();
  #next = 0;
  #answers: Answers | undefined;

  begin(context: RuleContext): void {
    this.#answers = new Answers({
      context,
      identity: (object) => this.#identity(object),
      fileIdentity: (file) => stampOf(join(context.repository.root, file)),
    });
  }

  #identity(object: ContentObject): string {
    let number = this.#numbers.get(object);
    if (number === undefined) {
      number = this.#next++;
      this.#numbers.set(object, number);
    }
    return String(number);
  }

  get(object: ContentObject): readonly Diagnostic[] | undefined {
    const result = this.#results.get(object);
    const isSame = result?.answers.every(([question, answer]) => this.#answers?.of(question) === answer);
    return isSame === true ? result?.found : undefined;
  }

  set(object: ContentObject, found: readonly Diagnostic[], questions: readonly Question[]): void {
    const answers = questions.map((question) => [question, this.#answers?.of(question) ?? ''] as const);
    this.#results.set(object, { found, answers });
  }
}
