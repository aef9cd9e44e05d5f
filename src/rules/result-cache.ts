// Remembers what rules found in an object for as long as it and what they asked about the rest are the same.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentObject } from '../content/model.js';
import { isSameContent } from '../content/same-content.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { SearchTrace } from '../syntax/search-trace.js';
import { Answers, type Question } from './answers.js';
import type { RuleContext } from './rule.js';
import { WordIndex } from './word-index.js';

/**
 * What is checked by itself in an object, for it depends on other things: itself without its searches, its search, its
 * drilldowns, and all of these by the rules that the settings turn on.
 */
export const parts = ['object', 'search', 'drilldowns', 'policies'] as const;
export type Part = (typeof parts)[number];

/** What searches say. */
export interface SearchFacts {
  /** The same as long as rules find the same. */
  readonly text: string;
  /** By which it is known whether that is so among other macros; questions about macros are left out then. */
  readonly traces?: readonly SearchTrace[];
}

/** Results of earlier checks. */
export interface ResultStore {
  /** Words of what was checked earlier. */
  readonly words?: WordIndex;
  /**
   * Begins a run over a repository.
   *
   * @param holds tells whether a search says what it said when it was traced; without it nothing is told by traces
   */
  begin(context: RuleContext, holds?: (trace: SearchTrace) => boolean): void;
  get(object: ContentObject, part: Part): readonly Diagnostic[] | undefined;
  /** What was found in some parts, where it is known at once that all of it holds. */
  all?(object: ContentObject, of: readonly Part[]): readonly Diagnostic[] | undefined;
  /** The answer to a question, where it is known without working it out. */
  held?(question: Question): string | undefined;
  /** Keeps what was found after the questions that were asked. */
  set(
    object: ContentObject,
    part: Part,
    found: readonly Diagnostic[],
    questions: readonly Question[],
    facts?: SearchFacts,
  ): void;
  /**
   * Keeps that in a search is found what was found with the same facts earlier, when all that was asked then is answered
   * the same but for its macros; gives back what that is.
   *
   * @param questions what the reading of the search depends on now
   */
  renew?(
    object: ContentObject,
    part: Part,
    facts: SearchFacts,
    questions: readonly Question[],
  ): readonly Diagnostic[] | undefined;
}

/** An answer that was given in some run, and whether it is the same in the last one that wanted to know. */
interface Answered {
  readonly question: Question;
  readonly answer: string;
  readonly isOfMacro: boolean;
  readonly isOfWords: boolean;
  /** The words of the repository that it was given for, or last held for. */
  words: object | undefined;
  run: number;
  holds: boolean;
}

interface Result {
  readonly found: readonly Diagnostic[];
  readonly answers: readonly Answered[];
  /** The facts of a search, for one that may be renewed. */
  readonly facts?: string | undefined;
  /** Traces of the searches, in place of what was asked about their macros. */
  readonly traces?: readonly SearchTrace[] | undefined;
}

/** Answers that are kept to be shared by results; each result has its own list of them. */
const mostAnswers = 200_000;

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
  readonly #results = new WeakMap<ContentObject, Partial<Record<Part, readonly Result[]>>>();
  /** The last answer to each question. */
  readonly #given = new Map<Question, Answered>();
  readonly #numbers = new WeakMap<ContentObject, number>();
  /** The last object of each file, by which a new one may know that it says the same. */
  readonly #last = new Map<string, ContentObject>();
  readonly words = new WordIndex();
  #next = 0;
  #run = 0;
  #answers: Answers | undefined;
  #wordState: object | undefined;
  #isSame: (trace: SearchTrace) => boolean = () => false;

  begin(context: RuleContext, holds: (trace: SearchTrace) => boolean = () => false): void {
    this.#run++;
    this.#isSame = holds;
    this.#answers = new Answers({
      context,
      identity: (object) => this.#identity(object),
      searchIdentity: (object) => this.#identity(object),
      fileIdentity: (file) => stampOf(join(context.repository.root, file)),
      words: this.words,
    });
    this.#wordState = this.#answers.wordState;
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
    const results = this.#of(object, part);
    const result = results.find(
      ({ answers, traces }) =>
        answers.every(this.#holds) && (traces === undefined || traces.every(this.#isSame)),
    );
    if (result !== undefined && result !== results[0]) this.#keep(object, part, result);
    return result?.found;
  }

  set(
    object: ContentObject,
    part: Part,
    found: readonly Diagnostic[],
    questions: readonly Question[],
    facts?: SearchFacts,
  ): void {
    const { text, traces } = facts ?? {};
    this.#keep(object, part, { found, answers: questions.map(this.#answered), facts: text, traces });
  }

  renew(
    object: ContentObject,
    part: Part,
    facts: SearchFacts,
    questions: readonly Question[],
  ): readonly Diagnostic[] | undefined {
    const last = this.#of(object, part).find(
      (result) =>
        result.facts === facts.text &&
        result.found.every(hasNoNotes) &&
        result.answers.every((answered) => answered.isOfMacro || this.#holds(answered)),
    );
    if (last === undefined) return undefined;
    const answers = last.answers.filter((answered) => !answered.isOfMacro);
    for (const question of questions) if (isOfMacro(question)) answers.push(this.#answered(question));
    const { text, traces } = facts;
    this.#keep(object, part, { found: last.found, answers, facts: text, traces });
    return last.found;
  }

  /** Whether an answer is the same now. */
  readonly #holds = (answered: Answered): boolean => {
    if (answered.run !== this.#run) {
      answered.run = this.#run;
      const words = answered.isOfWords ? this.#wordState : undefined;
      answered.holds =
        (words !== undefined && words === answered.words) ||
        this.#answers?.of(answered.question) === answered.answer;
      if (answered.holds) answered.words = words;
    }
    return answered.holds;
  };

  /** The answer of now. */
  readonly #answered = (question: Question): Answered => {
    const last = this.#given.get(question);
    if (last !== undefined && this.#holds(last)) return last;
    const answer = this.#answers?.of(question) ?? '';
    const answered = {
      question,
      answer,
      isOfMacro: isOfMacro(question),
      isOfWords: isOfWords(question),
      words: undefined,
      run: this.#run,
      holds: true,
    };
    if (this.#given.size > mostAnswers) this.#given.clear();
    this.#given.set(question, answered);
    return answered;
  };

  #of(object: ContentObject, part: Part): readonly Result[] {
    return this.#results.get(object)?.[part] ?? [];
  }

  /** Keeps a result before the last other one, which comes back when an edit is undone. */
  #keep(object: ContentObject, part: Part, result: Result): void {
    const other = this.#of(object, part).find(
      (known) => known !== result && (known.facts === undefined || known.facts !== result.facts),
    );
    const kept = other === undefined ? [result] : [result, other];
    const results = this.#results.get(object);
    if (results === undefined) this.#results.set(object, { [part]: kept });
    else results[part] = kept;
  }
}

const hasNoNotes = ({ notes = [] }: Diagnostic): boolean => notes.length === 0;
const isOfWords = (question: Question): boolean => /^(?:named|near|familiar) /.test(question);
const isOfMacro = (question: Question): boolean => question.startsWith('macro ');
