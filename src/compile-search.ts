// The library's way to a search: text in, something to run out, faults thrown with their places.

import { namedColumns } from './csv/csv-reader.js';
import { openLocations } from './dataset/locations.js';
import { type Diagnostic, DiagnosticError, type SpanDiagnostic } from './diagnostic/diagnostic.js';
import { didYouMean } from './diagnostic/did-you-mean.js';
import { LineIndex } from './diagnostic/line-index.js';
import { type CompiledText, compileText } from './evaluate.js';
import { language } from './language.js';
import type { LookupTable } from './runtime/environment.js';
import { isImpliedColumn, noColumn } from './runtime/lookup.js';
import type { Row } from './runtime/value.js';
import { findZone } from './runtime/zone.js';
import { builtinMacros } from './syntax/builtin-macros.js';
import { checkCalls } from './syntax/check-calls.js';
import { checkSearchTexts } from './syntax/check-search-text.js';
import { macroTable } from './syntax/macros.js';
import { parsePipelineText } from './syntax/pipeline.js';
import type { Pipeline } from './syntax/tree.js';
import type { LookupUse } from './syntax/uses.js';

export interface SearchOptions {
  readonly macros?: readonly {
    readonly name: string;
    readonly arguments?: readonly string[];
    readonly definition: string;
  }[];
  /** By name; a string is CSV text, its first line the header. */
  readonly lookups?: Readonly<Record<string, string | LookupTable>>;
  /** The data set whose events run() is given, fields without its prefix. */
  readonly dataModel?: string;
  /** Epoch seconds, what now() returns; default: the clock. */
  readonly now?: number;
  /** Default UTC. */
  readonly timezone?: string;
  /** Told of limits that cut rows and the like. */
  readonly warn?: (message: string) => void;
}

export interface Search {
  /** Rows in result order. Events are never changed. */
  run(events?: Iterable<Row> | AsyncIterable<Row>): Promise<Row[]>;
  /** The generated TypeScript module. */
  readonly source: string;
}

/**
 * Compiles a search.
 *
 * @throws DiagnosticError with everything that is wrong or not supported
 */
export function compileSearch(spl: string, options: SearchOptions = {}): Search {
  requireText(spl);
  if (options.timezone !== undefined && findZone(options.timezone) === null)
    throw new DiagnosticError([
      {
        severity: 'error',
        code: 'invalid-argument',
        message: `"${options.timezone}" is no time zone`,
        ...new LineIndex(spl).place('search', { start: 0, end: 0 }),
      },
    ]);
  const own = (options.macros ?? []).map((macro) => ({ ...macro, arguments: macro.arguments ?? [] }));
  const compiled = compileText(spl, {
    macros: macroTable(builtinMacros, own),
    ...(options.dataModel === undefined ? {} : { dataModel: options.dataModel }),
    ...(options.timezone === undefined ? {} : { timezone: options.timezone }),
  });
  const diagnostics = searchDiagnostics(compiled, spl, 'search', options.lookups ?? {});
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error'))
    throw new DiagnosticError(diagnostics);
  const { macros: _, ...settings } = options;
  const locations = openLocations();
  const environment = { ...settings, locate: (address: string) => locations.find(address) };
  let source: string | undefined;
  return {
    run: (events) => compiled.run(events, environment),
    get source() {
      source ??= compiled.module({ runtime: './runtime.js', title: spl });
      return source;
    },
  };
}

/** The diagnostics of a search with places in its text, lookups that nobody gave among them. */
export function searchDiagnostics(
  compiled: CompiledText,
  text: string,
  file: string,
  lookups: Readonly<Record<string, string | LookupTable>>,
): Diagnostic[] {
  const index = new LineIndex(text);
  const { analysis } = compiled;
  const faults = [...compiled.diagnostics];
  const nameOf = (name: string): string | undefined =>
    [name, `${name}.csv`, name.replace(/\.csv$/i, '')].find((item) => Object.hasOwn(lookups, item));
  const columnFaults = (use: LookupUse): SpanDiagnostic[] => {
    const header = use.columns.length === 0 ? [] : headerOf(lookups[nameOf(use.name) ?? ''] ?? '');
    if (header.length === 0) return [];
    return use.columns
      .filter(({ name }) => !header.includes(name) && !isImpliedColumn(name))
      .map(({ name, span }) => {
        const help = didYouMean(name, header);
        const message = noColumn(use.name, name);
        return {
          severity: 'error',
          code: 'unknown-column',
          message,
          span,
          ...(help === undefined ? {} : { help }),
        };
      });
  };
  const missing = new Set<string>();
  for (const lookup of analysis.lookups) {
    if (lookup.writes || missing.has(lookup.name)) continue;
    if (nameOf(lookup.name) !== undefined) {
      for (const fault of columnFaults(lookup)) faults.push(analysis.expansion.translate(fault));
      continue;
    }
    missing.add(lookup.name);
    const help = didYouMean(lookup.name, Object.keys(lookups));
    faults.push(
      analysis.expansion.translate({
        severity: 'error',
        code: 'unknown-lookup',
        message: `lookup "${lookup.name}" is not given`,
        span: lookup.span,
        ...(help === undefined ? {} : { help }),
      }),
    );
  }
  return faults.map(({ span, ...diagnostic }) => ({ ...diagnostic, ...index.place(file, span) }));
}

/** The columns of a table, from its first line; none of a table without rows, which something has yet to fill. */
function headerOf(table: string | LookupTable): readonly string[] {
  const csv = typeof table === 'string' ? table : table.csv;
  return namedColumns(csv) ?? [];
}

/** Calls from JavaScript know no types. */
function requireText(spl: string): void {
  if (typeof spl !== 'string') throw new TypeError(`expected the text of a search, found ${nameOfType(spl)}`);
}

function nameOfType(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value;
}

/**
 * Reads a search without expanding its macros; never throws for a text.
 *
 * @returns the tree, and every fault of syntax and of calls that can be seen without the macros
 */
export function parseSearch(spl: string): { tree: Pipeline; diagnostics: readonly Diagnostic[] } {
  requireText(spl);
  const parsed = parsePipelineText(spl, language);
  const { tree } = parsed;
  const found = [...parsed.diagnostics];
  const add = (diagnostic: SpanDiagnostic): void => void found.push(diagnostic);
  checkCalls(tree, language, add);
  checkSearchTexts(spl, tree, language, add);
  const diagnostics = found.sort((a, b) => a.span.start - b.span.start);
  const index = new LineIndex(spl);
  return {
    tree,
    diagnostics: diagnostics.map(({ span, ...diagnostic }) => ({
      ...diagnostic,
      ...index.place('search', span),
    })),
  };
}
