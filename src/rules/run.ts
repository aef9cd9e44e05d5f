// Runs the rules over a loaded repository.
import { configFiles } from '../content/config.js';
import type { LoadedContent } from '../content/load.js';
import type { Settings } from '../content/model.js';
import type { ContentFile } from '../content/read-file.js';
import { isAbout } from '../diagnostic/about.js';
import type { Diagnostic, Place } from '../diagnostic/diagnostic.js';
import { sortDiagnostics } from '../diagnostic/order.js';
import { checkObjects, type ObjectOptions, reporter } from './check-objects.js';
import { allObjects, createContext } from './context.js';
import { IgnoreComments } from './ignore-comments.js';
import { withoutDoubles } from './one-of-two.js';
import type { Rule, RuleContext, SearchText } from './rule.js';
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
  const add = addingTo(found, options.rules);
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
  return sortDiagnostics(withoutDoubles(applySettings(kept, settings)));
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

/**
 * What is found in one object without errors of its file, in files and with severities as `checkContent` has it when no
 * comment excepts anything.
 */
export function checkAlone(
  { object, diagnostics }: ContentFile,
  context: RuleContext,
  options: CheckOptions,
): Diagnostic[] {
  const settings = new SeveritySettings(context.repository.settings);
  const found = [...diagnostics];
  const active = activeRules(options.rules, settings);
  if (object !== undefined) checkObjects([object], active, context, options, addingTo(found, options.rules));
  return asSet(found, context.repository.settings);
}

/** What was found by itself in an object, with severities as the settings have them, sorted. */
export const asSet = (found: readonly Diagnostic[], settings: Settings): Diagnostic[] =>
  sortDiagnostics(withoutDoubles(applySettings(found, new SeveritySettings(settings))));

const activeRules = (rules: readonly Rule[], settings: SeveritySettings): Rule[] =>
  rules.filter((rule) => rule.severity !== 'off' || settings.mentions(rule.code));

/** Adds what rules find to what was found in the files, but for what follows from that. */
function addingTo(found: Diagnostic[], rules: readonly Rule[]): (diagnostic: Diagnostic) => void {
  const judged = faultyPlaces(found);
  const ofKeys = faultsOfKeys(found);
  const restsOn = new Map(rules.map(({ code, restsOn = [] }) => [code, restsOn]));
  return (diagnostic) => {
    // What a fault of the file stands at is not judged a second time, nor what is in a value of the wrong type.
    if (judged.get(diagnostic.file)?.some((place) => isWithin(diagnostic, place)) === true) return;
    const faults = ofKeys.get(diagnostic.file);
    if (faults?.some((fault) => isAbout(fault, restsOn.get(diagnostic.code) ?? [])) === true) return;
    found.push(diagnostic);
  };
}

/** Where the errors of files stand, by file. */
function faultyPlaces(found: readonly Diagnostic[]): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  for (const diagnostic of found) {
    if (diagnostic.severity !== 'error') continue;
    const own = places.get(diagnostic.file);
    if (own === undefined) places.set(diagnostic.file, [diagnostic]);
    else own.push(diagnostic);
  }
  return places;
}

/** The faults that are about keys, by file. */
function faultsOfKeys(found: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const faults = new Map<string, Diagnostic[]>();
  for (const fault of found) {
    if (fault.about === undefined) continue;
    const own = faults.get(fault.file);
    if (own === undefined) faults.set(fault.file, [fault]);
    else own.push(fault);
  }
  return faults;
}

/** Whether a place begins where another one does, or before that ends. */
function isWithin({ line, column }: Place, outer: Place): boolean {
  if (line === outer.line && column === outer.column) return true;
  const isBehindStart = line > outer.line || (line === outer.line && column > outer.column);
  return isBehindStart && (line < outer.endLine || (line === outer.endLine && column < outer.endColumn));
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
