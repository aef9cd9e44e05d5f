// Runs the rules over a loaded repository.
import type { LoadedContent } from '../content/load.js';
import type { ContentObject, Path, Repository } from '../content/model.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { sortDiagnostics } from '../diagnostic/order.js';
import { allObjects, createContext } from './context.js';
import type { AnalysedSearch, Report, Rule, RuleContext, SearchAnalyser } from './rule.js';
import { builtInCodes, checkSettings, IgnoreComments, SeveritySettings } from './settings.js';

export interface CheckOptions {
  readonly rules: readonly Rule[];
  /** Today's day in UTC, against which dates are held. */
  readonly today: string;
  /** Without it rules on searches do not run. */
  readonly analyse?: SearchAnalyser;
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
  const active = options.rules.filter((rule) => rule.severity !== 'off' || settings.mentions(rule.code));
  runRules(active, createContext(loaded, options.today), options, add);
  return applySettings(found, settings, loaded);
}

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
  rules: readonly Rule[],
  context: RuleContext,
  options: CheckOptions,
  add: (diagnostic: Diagnostic) => void,
): void {
  const { repository } = context;
  const reports = new Map(rules.map((rule) => [rule, reporter(rule, add)]));
  const each = <H extends keyof Rule>(
    hook: H,
    run: (check: NonNullable<Rule[H]>, report: Report) => void,
  ): void => {
    for (const [rule, report] of reports) {
      const check = rule[hook];
      if (check !== undefined) run(check as NonNullable<Rule[H]>, report);
    }
  };
  each('repository', (check, report) => check(repository, report, context));
  each('detection', (check, report) => {
    for (const detection of repository.detections) check(detection, report, context);
  });
  const objects = allObjects(repository);
  each('content', (check, report) => {
    for (const object of objects) check(object, report, context);
  });
  if (options.analyse === undefined) return;
  for (const search of analysedSearches(objects, repository, options.analyse)) {
    for (const diagnostic of search.diagnostics) add(diagnostic);
    each('search', (check, report) => check(search, report, context));
  }
}

function* analysedSearches(
  objects: readonly ContentObject[],
  repository: Repository,
  analyse: SearchAnalyser,
): Iterable<AnalysedSearch> {
  for (const owner of objects) {
    for (const [path, text] of searchesOf(owner)) {
      if (text.trim() === '') continue;
      const search = analyse(owner, path, text, repository);
      if (search !== undefined) yield search;
    }
  }
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

function applySettings(
  found: readonly Diagnostic[],
  settings: SeveritySettings,
  loaded: LoadedContent,
): Diagnostic[] {
  const comments = new Map<string, IgnoreComments | undefined>();
  const ignored = (diagnostic: Diagnostic): boolean => {
    const { file } = diagnostic;
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
