// Runs the rules over a loaded repository.
import { configFiles } from '../content/config.js';
import type { LoadedContent } from '../content/load.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { sortDiagnostics } from '../diagnostic/order.js';
import { checkObjects, type ObjectOptions, reporter } from './check-objects.js';
import { allObjects, createContext } from './context.js';
import { IgnoreComments } from './ignore-comments.js';
import type { Rule, SearchText } from './rule.js';
import { builtInCodes, checkSettings, SeveritySettings } from './settings.js';

export interface CheckOptions extends ObjectOptions {
  readonly rules: readonly Rule[];
  /** Today's day in UTC, against which dates are held. */
  readonly today: string;
}

/** Runs all rules; returns their diagnostics and those of loading, sorted, with settings and comments applied. */
export function checkContent(loaded: LoadedContent, options: CheckOptions): Diagnostic[] {
  const settings = new SeveritySettings(loaded.content.settings);
  const codes = [...builtInCodes, ...options.rules.map((r) => r.code)];
  const found = [...loaded.diagnostics, ...checkSettings(loaded, codes)];
  const faulty = new Set(found.filter((d) => d.severity === 'error').map(placeKey));
  const add = (diagnostic: Diagnostic): void => {
    // What a fault of the file stands at is not judged a second time.
    if (!faulty.has(placeKey(diagnostic))) found.push(diagnostic);
  };
  const context = createContext(loaded, options.today, options.cache?.words);
  const active = activeRules(options.rules, settings);
  for (const rule of active) rule.repository?.(loaded.content, reporter(rule, add), context);
  checkObjects(allObjects(loaded.content), active, context, options, add);
  const comments = ignoreComments(loaded);
  const kept = found.filter((diagnostic) => comments.get(diagnostic.file)?.covers(diagnostic) !== true);
  const running = new Set<string>([...builtInCodes, ...active.map((rule) => rule.code)]);
  // Of a file with errors not everything was looked at.
  for (const [file, own] of comments)
    kept.push(...own.faults(codes, (code) => running.has(code) && !context.isFaulty(file)));
  return sortDiagnostics(applySettings(kept, settings));
}

/** The comments that except something, by file. */
function ignoreComments({ ignoring, documents }: LoadedContent): ReadonlyMap<string, IgnoreComments> {
  const found = new Map<string, IgnoreComments>();
  for (const file of [...ignoring, ...configFiles]) {
    const document = documents.get(file);
    if (document !== undefined) found.set(file, new IgnoreComments(document));
  }
  return found;
}

/** Checks the objects of some files and tells the cache; for a check of the whole that follows. */
export function checkAhead(loaded: LoadedContent, options: CheckOptions, files: ReadonlySet<string>): void {
  const objects = allObjects(loaded.content).filter(({ file }) => files.has(file));
  const active = activeRules(options.rules, new SeveritySettings(loaded.content.settings));
  checkObjects(
    objects,
    active,
    createContext(loaded, options.today, options.cache?.words),
    options,
    () => {},
  );
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

function applySettings(found: readonly Diagnostic[], settings: SeveritySettings): Diagnostic[] {
  return found.flatMap((diagnostic) => {
    const severity = settings.of(diagnostic.code, diagnostic.file) ?? diagnostic.severity;
    if (severity === 'off') return [];
    return [severity === diagnostic.severity ? diagnostic : { ...diagnostic, severity }];
  });
}
