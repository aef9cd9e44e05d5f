// Findings of rules that outlive the program, with the questions that were asked for them.
import type { ContentObject } from '../content/model.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { type AnswerOptions, Answers, keptLists, type Question } from '../rules/answers.js';
import { type Part, parts, type ResultStore } from '../rules/result-cache.js';
import type { RuleContext } from '../rules/rule.js';
import type { WordIndex } from '../rules/word-index.js';

/** Identity of the object, and what was found in its parts. */
export interface KeptResult {
  readonly identity: string;
  readonly parts: readonly (PartResult | null)[];
}
/** What was found, and the numbers of the questions; undefined when these are lost. */
export interface PartResult {
  readonly found: readonly Diagnostic[];
  readonly questions: readonly number[] | undefined;
}

/** All questions that results name, and how they were answered. */
export interface Table {
  readonly questions: readonly string[];
  readonly answers: readonly string[];
  /** For each question the number of its category as a digit, or a blank. */
  readonly kinds: string;
  /** Answers that tell those of many questions at once. */
  readonly categories: Readonly<Record<string, string>>;
}

interface Access extends Omit<AnswerOptions, 'context'> {
  /** A text that is the same for the same object at the same places, which findings tell. */
  placedIdentity(object: ContentObject): string;
  /** Whether the answers of a category are surely those of then; false where that would have to be worked out. */
  isSame(category: Category, keptKinds: ReadonlySet<string>): boolean;
  resultOf(object: ContentObject): KeptResult | undefined;
  /** What was found in some parts, by their numbers, of an object whose identity is that of then. */
  foundIn(object: ContentObject, identity: string, parts: readonly number[]): PartResult['found'] | undefined;
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
  readonly #then: Table;
  #isSame: (boolean | undefined)[] = [];
  #isAllSame: boolean | undefined;
  readonly #numbersOfParts = new Map<readonly Part[], readonly number[]>();
  readonly #sameCategories = new Map<string, boolean>();
  #answers: Answers | undefined;
  /** Results of this build. */
  readonly #fresh = new Set<PartResult>();
  readonly #carried = new Set<PartResult>();
  #isGiven = false;

  constructor(then: Table, access: Access) {
    this.#access = access;
    this.#questions = [...then.questions];
    this.#then = then;
    this.#numbers = new Map(then.questions.map((question, number) => [question, number]));
  }

  get words(): WordIndex {
    return this.#access.words;
  }

  begin(context: RuleContext): void {
    const { identity, searchIdentity, fileIdentity, words } = this.#access;
    this.#answers = new Answers({ context, identity, searchIdentity, fileIdentity, words });
    this.#isSame = [];
    this.#isAllSame = undefined;
    this.#sameCategories.clear();
  }

  /** Takes all questions of then to be answered as then. */
  give(): void {
    this.#isGiven = true;
  }

  /** The answer of then to a question. */
  answerOfThen(question: Question): string | undefined {
    const number = this.#numbers.get(question);
    return number === undefined ? undefined : this.#then.answers[number];
  }

  /** Whether a question was asked then, or may have been. */
  wasAsked(question: Question): boolean {
    return this.#numbers.has(question);
  }

  /** Questions of then that begin with a word, with their answers. */
  *answersOfThen(word: string): Generator<readonly [what: string, answer: string]> {
    for (const [number, question] of this.#then.questions.entries())
      if (question.startsWith(`${word} `))
        yield [question.slice(word.length + 1), this.#then.answers[number] ?? ''];
  }

  /** Takes what was found in some parts of an object before it changed, which nothing it says now could change. */
  carry(object: ContentObject, { parts: before }: KeptResult, held: readonly Part[]): void {
    const kept = parts.map((part, index) => (held.includes(part) ? (before[index] ?? null) : null));
    for (const result of kept) if (result !== null) this.#carried.add(result);
    this.#access.keep(object, { identity: this.#access.placedIdentity(object), parts: kept });
  }

  /** What a part of an object was found to be, with the questions that were asked. */
  partOf(result: KeptResult, part: Part): { found: readonly Diagnostic[]; questions: string[] } | undefined {
    const { found, questions } = result.parts[parts.indexOf(part)] ?? {};
    if (found === undefined || questions === undefined) return undefined;
    return { found, questions: questions.map((number) => this.#questions[number] ?? '') };
  }

  /** The questions that the results of this build rest on, with whether they are new. */
  freshQuestions(): (readonly [question: string, isNew: boolean])[] {
    const numbers = new Set([...this.#fresh].flatMap(({ questions = [] }) => questions));
    const known = this.#then.questions.length;
    return [...numbers].map((number) => [this.#questions[number]!, number >= known] as const);
  }

  /** Tells all searches of now; the same as long as no answer about their words differs. */
  get sources(): string {
    return this.#categoryNow('searchSources');
  }

  /** Whether `table` gives what it was made of. */
  get isSameTable(): boolean {
    return this.#isGiven && this.#questions.length === this.#then.questions.length;
  }

  get(object: ContentObject, part: Part): readonly Diagnostic[] | undefined {
    const all = this.#access.resultOf(object);
    const result = all?.parts[parts.indexOf(part)];
    if (all === undefined || result === null || result === undefined) return undefined;
    if (this.#fresh.has(result) || this.#carried.has(result)) return result.found;
    if (all.identity !== this.#access.placedIdentity(object)) return undefined;
    const isSame =
      this.#isAllAnsweredAsThen() || result.questions?.every((number) => this.#isAnsweredAsThen(number));
    return isSame === true ? result.found : undefined;
  }

  all(object: ContentObject, of: readonly Part[]): readonly Diagnostic[] | undefined {
    if (!this.#isAllAnsweredAsThen()) return undefined;
    let numbers = this.#numbersOfParts.get(of);
    if (numbers === undefined) {
      numbers = of.map((part) => parts.indexOf(part));
      this.#numbersOfParts.set(of, numbers);
    }
    return this.#access.foundIn(object, this.#access.placedIdentity(object), numbers);
  }

  /** The answer of then to a question, where others tell that it is the same now. */
  held(question: Question): string | undefined {
    const number = this.#numbers.get(question);
    if (number === undefined || number >= this.#then.answers.length) return undefined;
    return this.#isSameCategory(question) ? this.#then.answers[number] : undefined;
  }

  /** Whether all questions of then are, which many objects share: mostly it spares to look at those of each. */
  #isAllAnsweredAsThen(): boolean {
    this.#isAllSame ??=
      this.#isGiven ||
      this.#then.questions.every(
        (_, number) => this.#isSameKind(this.#then.kinds[number]) || this.#isAnsweredAsThen(number),
      );
    return this.#isAllSame;
  }

  #isAnsweredAsThen(number: number): boolean {
    const answers = this.#answers;
    const question = this.#questions[number];
    if (question === undefined || answers === undefined) return false;
    this.#isSame[number] ??=
      this.#isSameCategory(question) || answers.of(question) === this.#then.answers[number];
    return this.#isSame[number];
  }

  /** The same as `isSameCategory`, for what the table says of a question. */
  #isSameKind(kind: string | undefined): boolean {
    const category = categories[Number(kind === ' ' ? undefined : kind)];
    return category !== undefined && this.#isSameOrOfSame(category);
  }

  /** Whether all questions of a kind are answered as then. */
  #isSameCategory(question: string): boolean {
    const category = categoryOf(question);
    return category !== undefined && this.#isSameOrOfSame(category);
  }

  #isSameOrOfSame(category: Category): boolean {
    return (category === 'words' && this.#isCategorySame('searchSources')) || this.#isCategorySame(category);
  }

  #isCategorySame(category: Category): boolean {
    let isSame = this.#sameCategories.get(category);
    if (isSame === undefined) {
      const { categories: all } = this.#then;
      const then = Object.hasOwn(all, category) ? all[category] : undefined;
      isSame =
        then !== undefined &&
        (this.#isGiven || this.#access.isSame(category, keptKinds) || then === this.#answers?.of(category));
      this.#sameCategories.set(category, isSame);
    }
    return isSame;
  }

  /** The answer of now. The words of all searches are counted again only where a search has changed. */
  #categoryNow(category: Category): string {
    const then = this.#then.categories[category];
    if (then !== undefined && this.#isSameOrOfSame(category)) return then;
    return this.#answers?.of(category) ?? '';
  }

  set(object: ContentObject, part: Part, found: readonly Diagnostic[], questions: readonly Question[]): void {
    const numbers = questions.map((question) => {
      let number = this.#numbers.get(question);
      if (number === undefined) {
        number = this.#questions.push(question) - 1;
        this.#numbers.set(question, number);
      }
      return number;
    });
    const identity = this.#access.placedIdentity(object);
    const result: PartResult = { found, questions: numbers };
    this.#fresh.add(result);
    const known = this.#access.resultOf(object);
    const others = known?.identity === identity ? known.parts : [];
    const kept = parts.slice(0, Math.max(others.length, parts.indexOf(part) + 1));
    this.#access.keep(object, {
      identity,
      parts: kept.map((other, index) => (other === part ? result : (others[index] ?? null))),
    });
  }

  #kinds(): string {
    const { kinds } = this.#then;
    return (
      kinds +
      this.#questions
        .slice(kinds.length)
        .map((question) => {
          const category = categoryOf(question);
          return category === undefined ? ' ' : String(categories.indexOf(category));
        })
        .join('')
    );
  }

  /** All questions with the answers of now. Numbers stay, so that results that still hold need not be written anew. */
  table(): Table {
    const answers = this.#answers;
    const known = this.#then.questions.length;
    return {
      questions: this.#questions,
      answers: this.#questions.map((question, number) =>
        number < known && (this.#isGiven || this.#isSameKind(this.#then.kinds[number]))
          ? this.#then.answers[number]!
          : (answers?.of(question) ?? ''),
      ),
      kinds: this.#kinds(),
      categories: Object.fromEntries(categories.map((category) => [category, this.#categoryNow(category)])),
    };
  }
}

/** Questions whose answers tell those of many others; at most ten. */
const categories = [
  'macroSources',
  'lookups',
  'everyName',
  'kept',
  'faults',
  'searchSources',
  'words',
] as const satisfies readonly Question[];
export type Category = (typeof categories)[number];

/** What questions begin with, with the one whose answer, when it is the same, tells that they are answered the same. */
const categoryByWord: ReadonlyMap<string, Category> = new Map([
  ...(['macro', 'macros', 'macroNames'] as const).map((word) => [word, 'macroSources'] as const),
  ...(['faulty', 'unreadable', 'stems'] as const).map((word) => [word, 'faults'] as const),
  ['lookup', 'lookups'],
  ...(['named', 'near', 'familiar'] as const).map((word) => [word, 'words'] as const),
  ...(['names', 'has', 'any'] as const).map((word) => [word, 'everyName'] as const),
]);

function categoryOf(question: string): Category | undefined {
  const cut = question.indexOf(' ');
  const word = cut < 0 ? question : question.slice(0, cut);
  if (word !== 'object' && word !== 'list') return categoryByWord.get(word);
  const kind = /^\w+/.exec(question.slice(cut + 1))?.[0];
  return kind !== undefined && keptKinds.has(kind) ? 'kept' : undefined;
}

/** Lists and kinds that the question `kept` is about. */
const keptKinds: ReadonlySet<string> = new Set(Object.entries(keptLists).flat());
