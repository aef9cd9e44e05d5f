// Runs the rules over objects, part by part, and takes what earlier runs found where nothing it depends on has changed.
import type { ContentObject, Macro, Path, Repository } from '../content/model.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { SearchEnvironment } from '../syntax/analyse.js';
import type { SearchTrace } from '../syntax/search-trace.js';
import { askRules, factsOf, quietIn } from './command-rules.js';
import { type Part, parts, type ResultStore, type SearchFacts } from './result-cache.js';
import type { AnalysedSearch, Report, Rule, RuleContext, SearchAnalyser } from './rule.js';
import { TracedContext } from './traced-context.js';

export interface ObjectOptions {
  /** Without it rules on searches do not run. */
  readonly analyse?: SearchAnalyser;
  /** What `analyse` reads the searches with, where it reads them command by command. */
  readonly environment?: (repository: Repository) => SearchEnvironment;
  /** Finds what is wrong with the definition of a macro by itself. */
  readonly checkMacro?: (macro: Macro, repository: Repository) => readonly Diagnostic[];
  /** What earlier runs found in objects that have not changed since. */
  readonly cache?: ResultStore;
}

/** A diagnostic of a rule before settings: `demand` is what the rule itself would have. */
export function reporter(rule: Rule, add: (diagnostic: Diagnostic) => void): Report {
  const own = rule.severity === 'off' ? 'warning' : rule.severity;
  return (place, message, { help, notes, severity } = {}) =>
    add({
      ...place,
      severity: severity ?? own,
      code: rule.code,
      message,
      ...(help === undefined ? {} : { help }),
      ...(notes === undefined ? {} : { notes }),
    });
}

/** Runs the rules that are given over objects. */
export function checkObjects(
  objects: readonly ContentObject[],
  rules: readonly Rule[],
  context: RuleContext,
  options: ObjectOptions,
  add: (diagnostic: Diagnostic) => void,
): void {
  const turns = checkInTurn(objects, rules, context, options, add);
  while (turns.next().done !== true);
}

/** The same, one object with every step. */
export function* checkInTurn(
  objects: readonly ContentObject[],
  rules: readonly Rule[],
  context: RuleContext,
  options: ObjectOptions,
  add: (diagnostic: Diagnostic) => void,
): Generator<ContentObject> {
  const check = new ObjectCheck(rules, context, options, add);
  options.cache?.begin(context, check.holds);
  for (const object of objects) {
    check.run(object);
    yield object;
  }
}

type Reporting = readonly { readonly rule: Rule; readonly report: Report }[];
type Hooks = Readonly<Record<'content' | 'detection' | 'search', Reporting>>;
type Searches = readonly (readonly [Path, string])[];

const macroCodes = new Set(['unknown-macro', 'argument-count']);

class ObjectCheck {
  readonly #options: ObjectOptions;
  readonly #traced: TracedContext;
  readonly #add: (diagnostic: Diagnostic) => void;
  /** Rules that are on by themselves. */
  readonly #hooks: Hooks;
  /** Rules that the settings turn on. */
  readonly #policies: Hooks;
  readonly #hasPolicies: boolean;
  /** Whether searches say the same as when they were traced; undefined where they are not read command by command. */
  readonly holds: ((trace: SearchTrace) => boolean) | undefined;
  /** What is checked of each kind. */
  readonly #parts = new Map<ContentObject['kind'], readonly Part[]>();
  /** One report function per rule for the whole run; what it is given lands here. */
  #found: Diagnostic[] = [];
  /** The searches of the object that are read already. */
  #read = new Map<string, AnalysedSearch | undefined>();

  constructor(
    rules: readonly Rule[],
    context: RuleContext,
    options: ObjectOptions,
    add: (diagnostic: Diagnostic) => void,
  ) {
    this.#options = options;
    this.#traced = new TracedContext(context, (question) => options.cache?.held?.(question));
    this.#add = add;
    const hooks = (of: readonly Rule[]): Hooks => {
      const reports = of.map((rule) => ({
        rule,
        report: reporter(rule, (diagnostic) => this.#found.push(diagnostic)),
      }));
      return {
        content: reports.filter(({ rule }) => rule.content !== undefined),
        detection: reports.filter(({ rule }) => rule.detection !== undefined),
        search: reports.filter(({ rule }) => (rule.spl ?? rule.search) !== undefined),
      };
    };
    const policies = rules.filter((rule) => rule.severity === 'off');
    this.#hooks = hooks(rules.filter((rule) => rule.severity !== 'off'));
    this.#policies = hooks(policies);
    this.#hasPolicies = policies.length > 0;
    const environment = options.environment?.(context.repository);
    const isQuiet = quietIn(this.#hooks.search);
    this.holds = environment === undefined ? undefined : (trace) => trace.holds(environment, isQuiet);
  }

  /** Checks one object, its parts each by itself. */
  run(object: ContentObject): void {
    const kept = this.#options.cache?.all?.(object, this.#partsOf(object));
    if (kept !== undefined) {
      for (const diagnostic of kept) this.#add(diagnostic);
      return;
    }
    this.#read.clear();
    // Asked for only where a part is checked: the texts of an unchanged object stay unread.
    const searches = (from = 0, to?: number) => searchesOf(object).slice(from, to);
    this.#part(object, 'object', () => {
      this.#runHooks(object, this.#hooks);
      this.#checkMacro(object);
    });
    const asked = this.#partsOf(object);
    if (asked.includes('search')) this.#searchPart(object, 'search', () => searches(0, 1));
    if (asked.includes('drilldowns')) this.#searchPart(object, 'drilldowns', () => searches(1));
    if (asked.includes('policies'))
      this.#part(object, 'policies', () => {
        this.#traced.notePolicies();
        this.#runHooks(object, this.#policies);
        if (this.#policies.search.length > 0) this.#runSearches(object, searches(), this.#policies, false);
      });
  }

  #partsOf({ kind }: ContentObject): readonly Part[] {
    let found = this.#parts.get(kind);
    if (found === undefined) {
      const isAsked = {
        object: true,
        search: searching.has(kind),
        drilldowns: kind === 'detection',
        policies: this.#hasPolicies,
      };
      found = parts.filter((part) => isAsked[part]);
      this.#parts.set(kind, found);
    }
    return found;
  }

  /** @param ask says what all that is found depends on, when asking costs less than finding */
  #part(object: ContentObject, part: Part, run: () => void, ask?: () => SearchFacts | undefined): void {
    const { cache } = this.#options;
    let found = cache?.get(object, part);
    if (found === undefined) {
      this.#found = [];
      this.#traced.begin(object);
      const known = cache?.renew === undefined ? undefined : ask?.();
      const isTraced = known?.traces !== undefined;
      if (known !== undefined) found = cache?.renew?.(object, part, known, this.#traced.questions(isTraced));
      if (found === undefined) {
        run();
        this.#traced.notePlaces(this.#found);
        // What is found in the definition of a macro stands where that does.
        const isHeld = isTraced && this.#found.every(({ notes = [] }) => notes.length === 0);
        const facts = isHeld || known === undefined ? known : { text: known.text };
        cache?.set(object, part, this.#found, this.#traced.questions(isHeld), facts);
        found = this.#found;
      }
    }
    for (const diagnostic of found) this.#add(diagnostic);
  }

  #searchPart(object: ContentObject, part: Part, searches: () => Searches): void {
    this.#part(
      object,
      part,
      () => this.#runSearches(object, searches(), this.#hooks, true),
      () => this.#factsOf(object, searches()),
    );
  }

  /** The facts of searches of an object, if nothing else of them is looked at; notes what their reading depends on. */
  #factsOf(object: ContentObject, searches: Searches): SearchFacts | undefined {
    let found = '';
    const traces: SearchTrace[] = [];
    for (const [path, text] of searches) {
      const search = this.#searchAt(object, path, text);
      if (search === undefined) continue;
      this.#traced.noteSearch(search);
      const facts = factsOf(this.#hooks.search, search, this.#traced.context);
      if (facts === undefined) return undefined;
      found += `${facts}\n`;
      if (search.analysis.trace !== undefined) traces.push(search.analysis.trace);
    }
    return { text: found, ...(this.holds === undefined ? {} : { traces }) };
  }

  #runHooks(object: ContentObject, hooks: Hooks): void {
    const { context } = this.#traced;
    for (const { rule, report } of hooks.content) rule.content?.(object, report, context);
    if (object.kind !== 'detection') return;
    for (const { rule, report } of hooks.detection) rule.detection?.(object, report, context);
  }

  #checkMacro(object: ContentObject): void {
    const { context, repository } = this.#traced;
    if (object.kind !== 'macro' || context.isFaulty(object.file)) return;
    this.#traced.noteMacros(object.definition);
    for (const diagnostic of this.#options.checkMacro?.(object, repository) ?? [])
      if (!this.#isExplained(diagnostic)) this.#found.push(diagnostic);
  }

  /** Whether a fault is that of a call and the file of the macro has errors, which explain it. */
  readonly #isExplained = ({ code, message }: Pick<Diagnostic, 'code' | 'message'>): boolean => {
    const macro = macroCodes.has(code) ? /"([\w.-]+)/.exec(message)?.[1] : undefined;
    return macro !== undefined && this.#traced.context.isUnreadable('macro', macro);
  };

  #runSearches(object: ContentObject, searches: Searches, hooks: Hooks, withFaults: boolean): void {
    const { context } = this.#traced;
    for (const [path, text] of searches) {
      const search = this.#searchAt(object, path, text);
      if (search === undefined) continue;
      this.#traced.noteSearch(search);
      if (withFaults) this.#found.push(...search.diagnostics(this.#isExplained));
      askRules(hooks.search, search, context);
    }
  }

  #searchAt(object: ContentObject, path: Path, text: string): AnalysedSearch | undefined {
    if (text.trim() === '') return undefined;
    const key = path.join(' ');
    if (!this.#read.has(key))
      this.#read.set(key, this.#options.analyse?.(object, path, text, this.#traced.repository));
    return this.#read.get(key);
  }
}

/** Kinds that have a search. */
const searching: ReadonlySet<ContentObject['kind']> = new Set(['detection', 'baseline', 'investigation']);

/** The texts of an object that are searches, by path, its own before those that look closer. */
export function searchesOf(object: ContentObject): (readonly [Path, string])[] {
  switch (object.kind) {
    case 'detection':
      return [
        [['search'], object.search],
        ...object.drilldowns.map(({ search }, index) => [['drilldowns', index, 'search'], search] as const),
      ];
    case 'baseline':
    case 'investigation':
      return [[['search'], object.search]];
    default:
      return [];
  }
}
