// The context in which the rules check one object: it notes everything that they ask about the rest of the repository.
import type { ContentObject, Repository } from '../content/model.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { SearchAnalysis } from '../syntax/analyse.js';
import { listNames, type Question } from './answers.js';
import type { AnalysedSearch, RuleContext } from './rule.js';

/** Notes questions; what is handed to rules is `context`. */
export class TracedContext {
  readonly context: RuleContext;
  /** The repository itself, for those whose questions are noted in another way. */
  readonly repository: Repository;
  readonly #questions = new Set<Question>();
  readonly #searches = new Set<SearchAnalysis>();
  /** The object being checked: what it asks about itself depends on nothing else. */
  #object: ContentObject | undefined;

  /** `held` gives the answer of an earlier run that is known to be the same now. */
  constructor(plain: RuleContext, held: (question: Question) => string | undefined = () => undefined) {
    this.repository = plain.repository;
    const ask = (question: Question): void => {
      this.#questions.add(question);
    };
    // Many searches ask the same: a text that is there already need not be hashed again.
    const askedOfWords = {
      named: new Map<string, Question>(),
      familiar: new Map<string, Question>(),
      near: new Map<string, Question>(),
    };
    const about = (what: keyof typeof askedOfWords, field: string): Question => {
      const known = askedOfWords[what];
      let question = known.get(field);
      if (question === undefined) {
        question = `${what} ${field}`;
        known.set(field, question);
      }
      return question;
    };
    const isOwn = (file: string) => file === this.#object?.file;
    this.context = {
      repository: tracedRepository(plain.repository, ask),
      isFuture(day) {
        ask(`future ${day}`);
        return plain.isFuture(day);
      },
      isUnreadable(kind, name) {
        ask(`unreadable ${kind} ${name}`);
        return plain.isUnreadable(kind, name);
      },
      get faultyFiles() {
        ask('faults');
        return plain.faultyFiles;
      },
      get unreadableFiles() {
        ask('faults');
        return plain.unreadableFiles;
      },
      get unreadableNames() {
        ask('faults');
        return plain.unreadableNames;
      },
      isFaulty(file) {
        ask(`faulty ${file}`);
        return plain.isFaulty(file);
      },
      unreadableStems(kind) {
        ask(`stems ${kind}`);
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
      has(kind, name) {
        ask(`has ${kind} ${name}`);
        return plain.has(kind, name);
      },
      hasAny(kind) {
        ask(`any ${kind}`);
        return plain.hasAny(kind);
      },
      isDeployed(by, what) {
        ask(`deployed ${by} ${what}`);
        return plain.isDeployed(by, what);
      },
      nearOrigin(kind, name) {
        ask(`origin ${kind} ${name}`);
        return plain.nearOrigin(kind, name);
      },
      raw(object) {
        ask(isOwn(object.file) ? 'text' : `read ${object.file}`);
        return plain.raw(object);
      },
      text(file) {
        ask(isOwn(file) ? 'text' : `read ${file}`);
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
      lookupColumns(name) {
        ask(`columns ${name}`);
        return plain.lookupColumns(name);
      },
      isNamedElsewhere(field) {
        const question = about('named', field);
        ask(question);
        // All searches are looked through for it, which one that says the same as before leaves as they were.
        const known = held(question);
        return known === undefined ? plain.isNamedElsewhere(field) : known === 'true';
      },
      nearName(field) {
        ask(about('near', field));
        return plain.nearName(field);
      },
      isFamiliar(field) {
        const question = about('familiar', field);
        ask(question);
        const known = held(question);
        return known === undefined ? plain.isFamiliar(field) : known === 'true';
      },
    };
  }

  /** Notes the other files that what was found points into: lines may move there. */
  notePlaces(found: readonly Diagnostic[]): void {
    for (const { file, notes } of found) {
      if (file !== this.#object?.file) this.#questions.add(`read ${file}`);
      for (const { place } of notes ?? [])
        if (place !== undefined && place.file !== this.#object?.file)
          this.#questions.add(`read ${place.file}`);
    }
  }

  /** Begins the check of a part of an object. */
  begin(object: ContentObject): void {
    this.#object = object;
    this.#questions.clear();
    this.#searches.clear();
  }

  /** Notes that what is found depends on which rules the settings turn on. */
  notePolicies(): void {
    this.#questions.add('policies');
  }

  /** Notes what the reading of a search depends on. */
  noteSearch({ analysis }: AnalysedSearch): void {
    this.#questions.add('setting external');
    this.#searches.add(analysis);
    // What a name should have been is looked for among all.
    if (analysis.macros.some(({ definition }) => definition === undefined)) this.#questions.add('macroNames');
  }

  /** Notes that what is found depends on any macro that a definition calls. */
  noteMacros(definition: string): void {
    this.#questions.add('setting external');
    if (definition.includes('`')) this.#questions.add('macros');
  }

  /**
   * What has been asked since `begin`.
   *
   * @param isTraced whether traces of the searches tell what of them depends on macros
   */
  questions(isTraced: boolean): readonly Question[] {
    if (!isTraced)
      for (const { expansion } of this.#searches)
        for (const name of expansion.lookedUp) this.#questions.add(`macro ${name}`);
    return [...this.#questions];
  }
}

function tracedRepository(plain: Repository, ask: (question: Question) => void): Repository {
  // Lists may be made when somebody asks for them.
  const traced = { root: plain.root, configFile: plain.configFile } as Repository;
  for (const name of listNames)
    Object.defineProperty(traced, name, {
      get() {
        ask(`list ${name}`);
        return plain[name];
      },
    });
  // The members of these, one by one: the check of an object looks at few.
  const members = <T extends object>(of: T, about: 'app' | 'setting'): T =>
    new Proxy(of, {
      get(target, key) {
        ask(`${about} ${String(key)}`);
        return Reflect.get(target, key) as unknown;
      },
    });
  Object.defineProperty(traced, 'app', { value: members(plain.app, 'app') });
  Object.defineProperty(traced, 'settings', { value: members(plain.settings, 'setting') });
  Object.defineProperty(traced, 'deprecations', {
    get() {
      ask('everything');
      return plain.deprecations;
    },
  });
  return traced;
}
