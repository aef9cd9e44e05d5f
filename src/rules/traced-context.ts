// The context in which the rules check one object: it notes everything that they ask about the rest of the repository.
import type { ContentObject, Repository } from '../content/model.js';
import { listNames, type Question } from './answers.js';
import type { AnalysedSearch, RuleContext } from './rule.js';

/** Notes questions; what is handed to rules is `context`. */
export class TracedContext {
  readonly context: RuleContext;
  /** The repository itself, for those whose questions are noted in another way. */
  readonly repository: Repository;
  readonly #questions = new Set<Question>();
  /** The object being checked: what it asks about itself depends on nothing else. */
  #object: ContentObject | undefined;

  constructor(plain: RuleContext) {
    this.repository = plain.repository;
    const ask = (question: Question): void => {
      this.#questions.add(question);
    };
    const isOwn = (file: string) => file === this.#object?.file;
    this.context = {
      repository: tracedRepository(plain.repository, ask),
      isFuture(day) {
        ask(`future ${day}`);
        return plain.isFuture(day);
      },
      isUnreadable(kind, name) {
        ask('faults');
        return plain.isUnreadable(kind, name);
      },
      get faultyFiles() {
        ask('faults');
        return plain.faultyFiles;
      },
      get unreadableNames() {
        ask('faults');
        return plain.unreadableNames;
      },
      isFaulty(file) {
        ask('faults');
        return plain.isFaulty(file);
      },
      unreadableStems(kind) {
        ask('faults');
        return plain.unreadableStems(kind);
      },
      readFile(file) {
        ask(`read ${file}`);
        return plain.readFile(file);
      },
      hasFile(file) {
        ask(`exists ${file}`);
        return plain.hasFile(file);
      },
      get otherFiles() {
        ask('everything');
        return plain.otherFiles;
      },
      byName(kind, name) {
        ask(`object ${kind} ${name}`);
        return plain.byName(kind, name);
      },
      raw(object) {
        if (!isOwn(object.file)) ask(`read ${object.file}`);
        return plain.raw(object);
      },
      text(file) {
        if (!isOwn(file)) ask(`read ${file}`);
        return plain.text(file);
      },
      get testFiles() {
        ask('everything');
        return plain.testFiles;
      },
      suggest(kind, name) {
        ask(`names ${kind}`);
        return plain.suggest(kind, name);
      },
      names(kind) {
        ask(`names ${kind}`);
        return plain.names(kind);
      },
      lookupNames() {
        ask('lookups');
        return plain.lookupNames();
      },
      hasLookup(name) {
        ask(`lookup ${name}`);
        return plain.hasLookup(name);
      },
    };
  }

  /** Begins the check of an object. */
  begin(object: ContentObject): void {
    this.#object = object;
    this.#questions.clear();
    // Which rules run is a matter of the settings.
    this.#questions.add('settings');
  }

  /** Notes what the reading of a search depends on. */
  noteSearch({ analysis }: AnalysedSearch): void {
    for (const { name, definition } of analysis.macros) {
      this.#questions.add(`macro ${name}`);
      // What the name should have been is looked for among all.
      if (definition === undefined) this.#questions.add('macros');
    }
  }

  /** Notes that what is found depends on any macro. */
  noteMacros(): void {
    this.#questions.add('macros');
  }

  /** What has been asked since `begin`. */
  get questions(): readonly Question[] {
    return [...this.#questions];
  }
}

function tracedRepository(plain: Repository, ask: (question: Question) => void): Repository {
  const traced = { ...plain };
  for (const name of listNames)
    Object.defineProperty(traced, name, {
      get() {
        ask(`list ${name}`);
        return plain[name];
      },
    });
  Object.defineProperty(traced, 'deprecations', {
    get() {
      ask('everything');
      return plain.deprecations;
    },
  });
  return traced;
}
