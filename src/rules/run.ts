// Runs the rules over a loaded repository.
import { configFiles } from '../content/config.js';
import type { LoadedContent } from '../content/load.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { sortDiagnostics } from '../diagnostic/order.js';
import { checkObjects, type ObjectOptions, reporter } from './check-objects.js';
import { allObjects, createContext } from './context.js';
import type { Rule, SearchText } from './rule.js';
import { builtInCodes, checkSettings, IgnoreComments, SeveritySettings } from './settings.js';

export interface CheckOptions extends ObjectOptions {
  readonly rules: readonly Rule[];
  /** Today's day in UTC, against which dates are held. */
  readonly today: string;
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
  checkObjects(allObjects(loaded.content), active, context, options, add);
  return applySettings(found, settings, loaded);
}

/** Checks the objects of some files and tells the cache; for a check of the whole that follows. */
export function checkAhead(loaded: LoadedContent, options: CheckOptions, files: ReadonlySet<string>): void {
  const objects = allObjects(loaded.content).filter(({ file }) => files.has(file));
  const active = activeRules(options.rules, new SeveritySettings(loaded.content.settings));
  checkObjects(objects, active, createContext(loaded, options.today), options, () => {});
}

const activeRules = (rules: readonly Rule[], settings: SeveritySettings): Rule[] =>
  rules.filter((rule) => rule.severity !== 'off' || settings.mentions(rule.code));

function placeKey({ file, line, column }: Diagnostic): string {
  return `${file}:${line}:${column}`;
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
