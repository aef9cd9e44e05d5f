// Findings of rules that outlive the program, with the questions that were asked for them.
import type { ContentObject } from '../content/model.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { type AnswerOptions, Answers, type Question } from '../rules/answers.js';
import type { ResultStore } from '../rules/result-cache.js';
import type { RuleContext } from '../rules/rule.js';

/** Identity of the object, what was found, and the numbers of the questions. */
export type KeptResult = readonly [
  identity: string,
  found: readonly Diagnostic[],
  questions: readonly number[],
];

interface Access extends Omit<AnswerOptions, 'context'> {
  resultOf(object: ContentObject): KeptResult | undefined;
  keep(object: ContentObject, result: KeptResult): void;
}

/**
 * After a build the results of all objects hold for one state of the repository, whose answers are written down once:
 * an older result holds when the questions it names are answered now as they were then.
 */
export class StoredResults implements ResultStore {
  readonly #access: Access;
  readonly #questions: string[];
  readonly #numbers: Map<string, number>;
  readonly #then: readonly string[];
  #isSame: (boolean | undefined)[] = [];
  #answers: Answers | undefined;

  constructor(questions: readonly string[], answers: readonly string[], access: Access) {
    this.#access = access;
    this.#questions = [...questions];
    this.#then = answers;
    this.#numbers = new Map(questions.map((question, number) => [question, number]));
  }

  begin(context: RuleContext): void {
    const { identity, fileIdentity } = this.#access;
    this.#answers = new Answers({ context, identity, fileIdentity });
    this.#isSame = [];
  }

  get(object: ContentObject): readonly Diagnostic[] | undefined {
    const result = this.#access.resultOf(object);
    if (result === undefined || result[0] !== this.#access.identity(object)) return undefined;
    return result[2].every((number) => this.#isAnsweredAsThen(number)) ? result[1] : undefined;
  }

  #isAnsweredAsThen(number: number): boolean {
    const question = this.#questions[number];
    if (question === undefined || this.#answers === undefined) return false;
    this.#isSame[number] ??= this.#answers.of(question) === this.#then[number];
    return this.#isSame[number];
  }

  set(object: ContentObject, found: readonly Diagnostic[], questions: readonly Question[]): void {
    const numbers = questions.map((question) => {
      let number = this.#numbers.get(question);
      if (number === undefined) {
        number = this.#questions.push(question) - 1;
        this.#numbers.set(question, number);
      }
      return number;
    });
    this.#access.keep(object, [this.#access.identity(object), found, numbers]);
  }

  /** All questions with the answers of now. Numbers stay, so that results that still hold need not be written anew. */
  table(): { readonly questions: readonly string[]; readonly answers: readonly string[] } {
    return {
      questions: this.#questions,
      answers: this.#questions.map((question) => this.#answers?.of(question) ?? ''),
    };
  }
}
