// Reads the searches of a content repository: with its macros, those of other apps, and places in its files.
import { evaluateConstant } from './constant-expression.js';
import { filterMacroNames } from './content/filter-macros.js';
import type { ContentObject, Detection, Macro, Path, Repository } from './content/model.js';
import type { Diagnostic, Place, Span, SpanDiagnostic } from './diagnostic/diagnostic.js';
import { externalMacros, languageWith } from './external-names.js';
import { baselineStanza, detectionStanza, responseTaskStanza } from './output/names.js';
import type { AnalysedSearch, SearchAnalyser } from './rules/rule.js';
import { analyseSearch, type SearchAnalysis, type SearchEnvironment } from './syntax/analyse.js';
import { builtinMacros } from './syntax/builtin-macros.js';
import { CommandMemo } from './syntax/command-memo.js';
import { checkDefinition } from './syntax/fragment.js';
import type { SyntaxLanguage } from './syntax/language.js';
import { changedMacros, type MacroDefinition, type MacroTable, macroTable } from './syntax/macros.js';

/** Readings of drilldowns, which are much the same everywhere; others stand once in a repository. */
const readings = new WeakMap<SearchEnvironment, Map<string, SearchAnalysis>>();
const maximumReadings = 1000;

function analyseOnce(text: string, environment: SearchEnvironment, memo?: CommandMemo): SearchAnalysis {
  let known = readings.get(environment);
  if (known === undefined || known.size >= maximumReadings) {
    known = new Map();
    readings.set(environment, known);
  }
  let analysis = known.get(text);
  if (analysis === undefined) {
    analysis = analyseSearch(text, environment, memo);
    known.set(text, analysis);
  }
  return analysis;
}

/** Commands of searches, by the language they were read in. */
const memos = new WeakMap<SyntaxLanguage, CommandMemo>();

function memoOf(language: SyntaxLanguage): CommandMemo {
  let memo = memos.get(language);
  if (memo === undefined) {
    memo = new CommandMemo(language);
    memos.set(language, memo);
  }
  return memo;
}

const environments = new WeakMap<Repository, SearchEnvironment>();

/**
 * The macros that searches of a repository may call, later ones winning: those of Splunk's own apps, of other apps, the
 * filter macros that a build defines for detections, which keep everything, and the repository's own.
 */
export function contentMacros(
  others: Iterable<MacroDefinition>,
  filters: Iterable<MacroDefinition>,
  own: Iterable<MacroDefinition>,
): MacroTable {
  return macroTable(builtinMacros, others, filters, own);
}

/** The filter macro of a name as a build defines it. */
export const filterMacro = (name: string): MacroDefinition => ({
  name,
  arguments: [],
  definition: 'search *',
});

/** Definitions by what they are made of, so that while a repository is watched they stay the same. */
const definitions = new WeakMap<Macro, MacroDefinition>();
const filterMacros = new WeakMap<Detection, readonly MacroDefinition[]>();

function definitionOf(macro: Macro): MacroDefinition {
  let definition = definitions.get(macro);
  if (definition === undefined) {
    definition = {
      name: macro.name,
      arguments: macro.arguments,
      definition: macro.definition,
      isEval: macro.isEval,
      at: (span) => macro.at.span(['definition'], span),
      // The file lacks it, and is told so: that nothing stands in its place is no fault of who calls it.
      ...(macro.definition === '' ? { isExternal: true, anyArity: true } : {}),
    };
    definitions.set(macro, definition);
  }
  return definition;
}

function filterMacrosOf(detection: Detection): readonly MacroDefinition[] {
  let filters = filterMacros.get(detection);
  if (filters === undefined) {
    filters = [...filterMacroNames(detection)].map(filterMacro);
    filterMacros.set(detection, filters);
  }
  return filters;
}

/** The last environment of those who look again and again. */
let lastEnvironment: SearchEnvironment | undefined;

/**
 * What searches of a repository are read with, for those who look again and again: by it is known what has changed since
 * the last one, and it is that itself where nothing has.
 */
export function followingEnvironment(repository: Repository): SearchEnvironment {
  const known = environments.get(repository);
  if (known?.number !== undefined) return known;
  const { language, macros, evaluate } = known ?? searchEnvironment(repository);
  const last = lastEnvironment?.language === language ? lastEnvironment : undefined;
  const changed = last === undefined ? undefined : changedMacros(last.macros, macros);
  const next: SearchEnvironment =
    last !== undefined && changed?.size === 0
      ? last
      : {
          language,
          macros,
          ...(evaluate === undefined ? {} : { evaluate }),
          number: (lastEnvironment?.number ?? 0) + 1,
          ...(changed === undefined ? {} : { changed }),
        };
  lastEnvironment = next;
  environments.set(repository, next);
  return next;
}

/** What searches of a repository are read with: its macros go before those of other apps. */
export function searchEnvironment(repository: Repository): SearchEnvironment {
  return (
    environments.get(repository) ??
    prepareEnvironment(repository, repository.detections.flatMap(filterMacrosOf))
  );
}

/** Sets what searches of a repository are read with, given the filter macros of its detections. */
export function prepareEnvironment(
  repository: Repository,
  filters: Iterable<MacroDefinition>,
): SearchEnvironment {
  const { external } = repository.settings;
  const own = repository.macros.map(definitionOf);
  const environment = {
    language: languageWith(external),
    macros: contentMacros(externalMacros(external), filters, own),
    evaluate: evaluateConstant,
  };
  environments.set(repository, environment);
  return environment;
}

/** The searches that a build saves, by their own names and by those that they have in Splunk. */
export function savedSearches(repository: Repository): ReadonlyMap<string, string> {
  const { label } = repository.app;
  const found = new Map<string, string>();
  for (const { name, search } of repository.investigations)
    found.set(name, search).set(responseTaskStanza(label, name), search);
  for (const { name, search } of repository.baselines)
    found.set(name, search).set(baselineStanza(label, name), search);
  for (const { name, search } of repository.detections)
    found.set(name, search).set(detectionStanza(label, name), search);
  return found;
}

// Pipelines of Splunk's stream processor, which older repositories keep beside searches; they are not SPL.
const streamPipeline = /\bfrom\s+read_\w+\s*\(|\binto\s+write_\w+\s*\(/;

// Most texts are told by the words alone, which are found sooner.
const isStreamPipeline = (text: string): boolean =>
  (text.includes('read_') || text.includes('write_')) && streamPipeline.test(text);

/**
 * What is wrong with the definitions of macros among others, for they call each other; asked again and again for those
 * that many searches call.
 */
const definitionFaults = new WeakMap<SearchEnvironment, WeakMap<Macro, readonly SpanDiagnostic[]>>();

/** The faults of a macro's definition by itself, at their places in its file. */
export function checkMacro(macro: Macro, repository: Repository): readonly Diagnostic[] {
  const at = (span: Span): Place => macro.at.span(['definition'], span);
  return faultsOfDefinition(macro, repository).map((fault) =>
    place(fault, at, macro.status === 'deprecated'),
  );
}

function faultsOfDefinition(macro: Macro, repository: Repository): readonly SpanDiagnostic[] {
  const environment = searchEnvironment(repository);
  const known = definitionFaults.get(environment) ?? new WeakMap<Macro, readonly SpanDiagnostic[]>();
  definitionFaults.set(environment, known);
  let faults = known.get(macro);
  if (faults === undefined) {
    const own = environment.macros
      .get(macro.name)
      ?.find((other) => other.arguments.length === macro.arguments.length);
    faults = own === undefined || macro.definition === '' ? [] : checkDefinition(own, environment);
    known.set(macro, faults);
  }
  return faults;
}

/** Whether a fault lies in a definition that is reported in the file of its macro. */
function isReportedThere({ notes }: SpanDiagnostic, repository: Repository): boolean {
  const file = notes?.[0]?.place?.file;
  if (file === undefined) return false;
  return repository.macros.some(
    (macro) => macro.file === file && faultsOfDefinition(macro, repository).length > 0,
  );
}

/** Reads a search of an object: what rules look at. Definitions of macros are no searches. */
export const analyseContentSearch: SearchAnalyser = (owner, path, text, repository) =>
  analyseWith(undefined, owner, path, text, repository);

/** The same for those who look again: command by command, and what was known of a command before is not found again. */
export const analyseByCommand: SearchAnalyser = (owner, path, text, repository) =>
  analyseWith(memoOf(followingEnvironment(repository).language), owner, path, text, repository);

function analyseWith(
  memo: CommandMemo | undefined,
  owner: ContentObject,
  path: Path,
  text: string,
  repository: Repository,
): AnalysedSearch | undefined {
  if (owner.kind === 'macro' || isStreamPipeline(text)) return undefined;
  const environment = memo === undefined ? searchEnvironment(repository) : followingEnvironment(repository);
  const analysis =
    path[0] === 'drilldowns' ? analyseOnce(text, environment, memo) : analyseSearch(text, environment, memo);
  const at = (span: Span): Place => owner.at.span(path, span);
  const isRetired = owner.status === 'deprecated' || owner.status === 'removed';
  const isDrilldown = path[0] === 'drilldowns';
  return {
    owner,
    path,
    text,
    analysis,
    get pipeline() {
      return analysis.tree;
    },
    // Places take a second look at the file, so only what is reported asks.
    diagnostics: (isExplained = () => false) =>
      analysis.diagnostics
        .filter((diagnostic) => !isExplained(diagnostic) && !isReportedThere(diagnostic, repository))
        .map((diagnostic) =>
          place(diagnostic, at, isRetired || (isDrilldown && unfilled.test(diagnostic.message))),
        ),
    at,
    locate(span) {
      const blank = { severity: 'error', code: '', message: '', span } as const;
      const { span: original, notes = [] } = analysis.expansion.translate(blank);
      return {
        get place() {
          return at(original);
        },
        notes,
      };
    },
  };
}

/** A condition that lacks a side: in a drilldown, where a template's placeholder was not filled in or taken out. */
const unfilled = /^expected a condition/;

/** A fault at its place in the file. contentctl takes filter macros that nobody defines: those are warnings. */
function place(
  { span, ...diagnostic }: SpanDiagnostic,
  at: (span: Span) => Place,
  lenient: boolean,
): Diagnostic {
  const isFilter = diagnostic.code === 'unknown-macro' && /_filter"$/.test(diagnostic.message);
  return { ...diagnostic, ...at(span), ...(lenient || isFilter ? { severity: 'warning' } : {}) };
}
