// Runs the rules over a loaded repository.
import { configFiles } from '../content/config.js';
import type { LoadedContent } from '../content/load.js';
import type { ContentObject, Macro, Path, Repository } from '../content/model.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { sortDiagnostics } from '../diagnostic/order.js';
import { allObjects, createContext } from './context.js';
import type { ResultStore } from './result-cache.js';
import type { Report, Rule, RuleContext, SearchAnalyser, SearchText } from './rule.js';
import { builtInCodes, checkSettings, IgnoreComments, SeveritySettings } from './settings.js';
import { TracedContext } from './traced-context.js';

export interface CheckOptions {
  readonly rules: readonly Rule[];
  /** Today's day in UTC, against which dates are held. */
  readonly today: string;
  /** Without it rules on searches do not run. */
  readonly analyse?: SearchAnalyser;
  /** Finds what is wrong with the definition of a macro by itself. */
  readonly checkMacro?: (macro: Macro, repository: Repository) => readonly Diagnostic[];
  /** What earlier runs found in objects that have not changed since. */
  readonly cache?: ResultStore;
}

/** Runs all rules; returns their diagnostics and those of loading, sorted, with settings and comments applied. */
export function checkContent(loaded: LoadedContent, options: CheckOptions): Diagnostic[] {
  const settings = new SeveritySettings(loaded.content.settings);
  const found = [
    ...loaded.diagnostics,
    ...checkSettings(loaded, [...builtInCodes, ...options.rules.map((r) => r.code)]),
  ];
  const faulty = new Set(found.filter((d) => d.severity === 'error').map(placeKey));
  const add = (diagnostic: Diagnostic): void => {
    // What a fault of the file stands at is not judged a second time.
    if (!faulty.has(placeKey(diagnostic))) found.push(diagnostic);
  };
  const context = createContext(loaded, options.today);
  const active = activeRules(options.rules, settings);
  for (const rule of active) rule.repository?.(loaded.content, reporter(rule, add), context);
  runRules(allObjects(loaded.content), active, context, options, add);
  return applySettings(found, settings, loaded);
}

/** Checks the objects of some files and tells the cache; for a check of the whole that follows. */
export function checkAhead(loaded: LoadedContent, options: CheckOptions, files: ReadonlySet<string>): void {
  const objects = allObjects(loaded.content).filter(({ file }) => files.has(file));
  const active = activeRules(options.rules, new SeveritySettings(loaded.content.settings));
  runRules(objects, active, createContext(loaded, options.today), options, () => {});
}

const activeRules = (rules: readonly Rule[], settings: SeveritySettings): Rule[] =>
  rules.filter((rule) => rule.severity !== 'off' || settings.mentions(rule.code));

function placeKey({ file, line, column }: Diagnostic): string {
  return `${file}:${line}:${column}`;
}

/** A diagnostic of a rule before settings: `demand` is what the rule itself would have. */
function reporter(rule: Rule, add: (diagnostic: Diagnostic) => void): Report {
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

function runRules(
  objects: readonly ContentObject[],
  rules: readonly Rule[],
  context: RuleContext,
  options: CheckOptions,
  add: (diagnostic: Diagnostic) => void,
): void {
  const traced = new TracedContext(context);
  // One report function per rule for the whole run; what it is given lands where `sink` points.
  let sink = add;
  const reports = rules.map((rule) => ({ rule, report: reporter(rule, (diagnostic) => sink(diagnostic)) }));
  const hooks: Hooks = {
    content: reports.filter(({ rule }) => rule.content !== undefined),
    detection: reports.filter(({ rule }) => rule.detection !== undefined),
    search: reports.filter(({ rule }) => (rule.spl ?? rule.search) !== undefined),
  };
  options.cache?.begin(context);
  for (const object of objects) {
    const known = options.cache?.get(object);
    if (known !== undefined) {
      for (const diagnostic of known) add(diagnostic);
      continue;
    }
    const found: Diagnostic[] = [];
    traced.begin(object);
    sink = (diagnostic) => found.push(diagnostic);
    runOnObject(object, hooks, traced, options, sink);
    options.cache?.set(object, found, traced.questions);
    for (const diagnostic of found) add(diagnostic);
  }
}

const macroCodes = new Set(['unknown-macro', 'argument-count']);

/** Whether a fault is that of a call and the file of the macro has errors, which explain it. */
function isExplained({ code, message }: Diagnostic, context: RuleContext): boolean {
  const macro = macroCodes.has(code) ? /"([\w.-]+)/.exec(message)?.[1] : undefined;
  return macro !== undefined && context.isUnreadable('macro', macro);
}

type Reporting = readonly { readonly rule: Rule; readonly report: Report }[];
type Hooks = Readonly<Record<'content' | 'detection' | 'search', Reporting>>;

function runOnObject(
  object: ContentObject,
  hooks: Hooks,
  traced: TracedContext,
  options: CheckOptions,
  add: (diagnostic: Diagnostic) => void,
): void {
  const { context } = traced;
  for (const { rule, report } of hooks.content) rule.content?.(object, report, context);
  if (object.kind === 'detection') {
    for (const { rule, report } of hooks.detection) rule.detection?.(object, report, context);
  }
  if (object.kind === 'macro' && !context.isFaulty(object.file)) {
    traced.noteMacros();
    for (const diagnostic of options.checkMacro?.(object, traced.repository) ?? [])
      if (!isExplained(diagnostic, context)) add(diagnostic);
  }
  if (options.analyse === undefined) return;
  for (const [path, text] of searchesOf(object)) {
    if (text.trim() === '') continue;
    const search = options.analyse(object, path, text, traced.repository);
    if (search === undefined) continue;
    traced.noteSearch(search);
    for (const diagnostic of search.diagnostics) if (!isExplained(diagnostic, context)) add(diagnostic);
    for (const { rule, report } of hooks.search) {
      rule.spl?.(search, report);
      rule.search?.(search, report, context);
    }
  }
}

/** What rules find in a search that belongs to no repository; only those run that need nothing else. */
export function checkSearchText(search: SearchText, rules: readonly Rule[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const rule of rules) {
    if (rule.severity !== 'off')
      rule.spl?.(
        search,
        reporter(rule, (diagnostic) => found.push(diagnostic)),
      );
  }
  return sortDiagnostics(found);
}

/** The texts of an object that are SPL, by path. */
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
    case 'macro':
      return [[['definition'], object.definition]];
    default:
      return [];
  }
}

const isConfig = (file: string): boolean => (configFiles as readonly string[]).includes(file);

function applySettings(
  found: readonly Diagnostic[],
  settings: SeveritySettings,
  loaded: LoadedContent,
): Diagnostic[] {
  const comments = new Map<string, IgnoreComments | undefined>();
  const ignored = (diagnostic: Diagnostic): boolean => {
    const { file } = diagnostic;
    if (!loaded.ignoring.has(file) && !isConfig(file)) return false;
    if (!comments.has(file)) {
      const document = loaded.documents.get(file);
      comments.set(file, document === undefined ? undefined : new IgnoreComments(document));
    }
    return comments.get(file)?.covers(diagnostic) ?? false;
  };
  const kept = found.flatMap((diagnostic) => {
    const severity = settings.of(diagnostic.code, diagnostic.file) ?? diagnostic.severity;
    if (severity === 'off' || ignored(diagnostic)) return [];
    return [severity === diagnostic.severity ? diagnostic : { ...diagnostic, severity }];
  });
  return sortDiagnostics(kept);
}
