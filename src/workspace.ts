// A content repository made ready to run its searches: its macros, its lookups, and searches compiled with both.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { evaluateConstant } from './constant-expression.js';
import type { Lookup, Macro } from './content/model.js';
import { contentMacros, filterMacro } from './content-search.js';
import { type CompiledSearch, type CompileOptions, compile } from './evaluate.js';
import { language } from './language.js';
import type { LookupTable } from './runtime/environment.js';
import { analyseSearch, type SearchAnalysis } from './syntax/analyse.js';
import type { MacroDefinition, MacroTable } from './syntax/macros.js';

/** The part of a repository that running a search needs; plain data but for the macros' places. */
export interface WorkspaceContent {
  /** Absolute path of the repository. */
  readonly root: string;
  readonly macros: readonly Pick<Macro, 'name' | 'arguments' | 'definition' | 'isEval'>[];
  readonly lookups: readonly Pick<
    Lookup,
    | 'name'
    | 'lookupType'
    | 'filename'
    | 'fields'
    | 'matchType'
    | 'caseSensitiveMatch'
    | 'minMatches'
    | 'maxMatches'
    | 'defaultMatch'
  >[];
  /** Stems of detections: each has a filter macro that keeps everything unless the repository defines it. */
  readonly stems: readonly string[];
  /** Texts of the searches that a build saves, by the names that `savedsearch` may call them by. */
  readonly savedSearches?: ReadonlyMap<string, string>;
}

/** A search with everything known of it. */
export interface PreparedSearch {
  readonly analysis: SearchAnalysis;
  readonly compiled: CompiledSearch;
}

export interface Workspace {
  readonly content: WorkspaceContent;
  readonly macros: MacroTable;
  /** Tables by the name of their definition and of their file; a table is read when it is first asked for. */
  readonly lookups: Readonly<Record<string, LookupTable>>;
  analyse(text: string): SearchAnalysis;
  prepare(text: string, options?: CompileOptions): PreparedSearch;
}

/** Macros and lookups of installed apps, over which those of a repository are laid. */
export interface AppObjects {
  readonly macros: readonly MacroDefinition[];
  readonly lookups: Readonly<Record<string, LookupTable>>;
}

/** Opens a repository's macros and lookups for running searches. */
export function openWorkspace(content: WorkspaceContent, apps?: AppObjects): Workspace {
  const macros = workspaceMacros(content, apps?.macros ?? []);
  const lookups = Object.create(null) as Record<string, LookupTable>;
  // Descriptors, not values: a table is read when it is first asked for.
  for (const tables of [apps?.lookups ?? {}, workspaceLookups(content)])
    Object.defineProperties(lookups, Object.getOwnPropertyDescriptors(tables));
  const analyse = (text: string): SearchAnalysis =>
    analyseSearch(text, { language, macros, evaluate: evaluateConstant });
  const saved = content.savedSearches === undefined ? {} : { savedSearches: content.savedSearches };
  return {
    content,
    macros,
    lookups,
    analyse,
    prepare(text, options) {
      const analysis = analyse(text);
      return { analysis, compiled: compile(analysis.pipeline, { macros, ...saved, ...options }) };
    },
  };
}

function workspaceMacros(content: WorkspaceContent, apps: readonly MacroDefinition[]): MacroTable {
  const filters = content.stems.map((stem) => filterMacro(`${stem}_filter`));
  // Only what a definition is: content objects have a place of another kind.
  const own = content.macros.map(
    ({ name, arguments: names, definition, isEval }): MacroDefinition => ({
      name,
      arguments: names,
      definition,
      isEval,
    }),
  );
  return contentMacros(apps, filters, own);
}

function workspaceLookups(content: WorkspaceContent): Readonly<Record<string, LookupTable>> {
  const tables: Record<string, LookupTable> = Object.create(null) as Record<string, LookupTable>;
  for (const lookup of content.lookups) {
    if (lookup.lookupType === 'mlmodel') continue;
    const names = [lookup.name];
    if (lookup.filename !== undefined)
      names.push(lookup.filename.slice(lookup.filename.lastIndexOf('/') + 1));
    let table: LookupTable | undefined;
    for (const name of names)
      Object.defineProperty(tables, name, {
        enumerable: true,
        configurable: true,
        get: () => {
          table ??= readTable(content.root, lookup);
          return table;
        },
      });
  }
  return tables;
}

function readTable(root: string, lookup: WorkspaceContent['lookups'][number]): LookupTable {
  return {
    csv:
      lookup.filename === undefined
        ? `${lookup.fields.map(csvCell).join(',')}\n`
        : readCsv(root, lookup.filename),
    ...(lookup.matchType.length === 0 ? {} : { matchType: [...lookup.matchType] }),
    ...(lookup.caseSensitiveMatch === undefined ? {} : { caseSensitiveMatch: lookup.caseSensitiveMatch }),
    ...(lookup.minMatches === undefined ? {} : { minMatches: lookup.minMatches }),
    ...(lookup.maxMatches === undefined ? {} : { maxMatches: lookup.maxMatches }),
    ...(lookup.defaultMatch === undefined ? {} : { defaultMatch: lookup.defaultMatch }),
  };
}

/** A table that is missing reads as empty; validation is what reports it. */
function readCsv(root: string, filename: string): string {
  const path = resolve(root, filename);
  if (!path.startsWith(join(root, sep)) || !existsSync(path)) return '';
  return readFileSync(path, 'utf8');
}

const csvCell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
