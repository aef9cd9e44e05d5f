// What run and explain share: options that say which events, which lookups and which time a search is run with.
import { existsSync, fstatSync, readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { searchDiagnostics } from '../compile-search.js';
import { findRepository } from '../content/config.js';
import { loadRepository } from '../content/load.js';
import type { Repository } from '../content/model.js';
import { isDay } from '../content/schema.js';
import { savedSearches, searchEnvironment } from '../content-search.js';
import { openLocations } from '../dataset/locations.js';
import { type Diagnostic, DiagnosticError, type Place, type Span } from '../diagnostic/diagnostic.js';
import { LineIndex } from '../diagnostic/line-index.js';
import { formatText } from '../diagnostic/report/text.js';
import { type CompiledText, compileText } from '../evaluate.js';
import { type LocalEvents, openEvents } from '../events.js';
import type { DataModels } from '../knowledge/data-model.js';
import { type Knowledge, loadKnowledge } from '../knowledge/knowledge.js';
import { appFault } from '../knowledge/layers.js';
import { loadDataModels } from '../knowledge/load-data-models.js';
import { knowledgeLanguage } from '../knowledge-language.js';
import { rules } from '../rules/index.js';
import type { SearchText } from '../rules/rule.js';
import { checkSearchText } from '../rules/run.js';
import type { Environment, LookupTable } from '../runtime/environment.js';
import { LimitError } from '../runtime/growth.js';
import { MissingInput } from '../runtime/lookup.js';
import { RegexLimitError } from '../runtime/regex.js';
import { parseTimeModifier } from '../runtime/time-modifier.js';
import { findZone, type Zone } from '../runtime/zone.js';
import { builtinMacros } from '../syntax/builtin-macros.js';
import { type MacroTable, macroTable } from '../syntax/macros.js';
import { openWorkspace } from '../workspace.js';
import { hasColors } from './colors.js';

export interface SearchInputs {
  readonly content?: string;
  readonly data: readonly string[];
  readonly events?: boolean;
  readonly sourcetype?: string;
  readonly source?: string;
  readonly host?: string;
  readonly index?: string;
  readonly app: readonly string[];
  readonly lookup: readonly string[];
  readonly now?: string;
  readonly earliest?: string;
  readonly latest?: string;
  readonly timezone?: string;
}

/** An option that may be given several times. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`)
    .default([], 'none')
    .argParser((value: string, list: readonly string[]) => [...list, value]);
}

/**
 * The argument of a command, which `--data` and `--app` take for one more of theirs when it follows them:
 * `--data a.log '<spl>'`. A shell spreads a glob behind `--data`, so these options take any number of values.
 */
export function takeArgument<T extends SearchInputs>(
  argument: string | undefined,
  options: T,
): { readonly argument: string | undefined; readonly options: T } {
  if (argument !== undefined) return { argument, options };
  for (const name of ['data', 'app'] as const) {
    const last = options[name].at(-1);
    if (
      last === undefined ||
      last === '-' ||
      existsSync(last) ||
      (name === 'data' && /^[^|\s`"]*[*?][^|\s`"]*$/.test(last))
    )
      continue;
    return { argument: last, options: { ...options, [name]: options[name].slice(0, -1) } };
  }
  return { argument, options };
}

/** Adds the options to a command. */
export function withSearchInputs(command: Command): Command {
  return command
    .addOption(repeatable('--data <file|dir...>', 'events: log files, folders, globs or "-" for stdin'))
    .option('--events', 'each line of the data is a JSON object of already extracted fields')
    .option('--sourcetype <s>', 'source type of the data')
    .option('--source <s>', 'source of the data')
    .option('--host <h>', 'host of the data')
    .option('--index <i>', 'index of the data')
    .addOption(repeatable('--app <dir...>', 'knowledge of installed Splunk apps'))
    .addOption(repeatable('--lookup <name=file>', 'a lookup table as CSV'))
    .option('--now <t>', 'the time of the search: epoch seconds or a date (default: the clock)')
    .option('--earliest <t>', 'begin of the time range (default: all time)')
    .option('--latest <t>', 'end of the time range')
    .option('--timezone <zone>', 'IANA time zone (default: UTC)')
    .option(
      '-C, --content <dir>',
      'the content repository whose macros and lookups are used (default: the nearest one)',
    );
}

/** Everything a search is run with. */
export interface PreparedInputs {
  readonly repository: Repository | undefined;
  readonly macros: MacroTable;
  readonly environment: Environment;
  /** Undefined when no data is given. */
  readonly events: LocalEvents | undefined;
  readonly timezone: string;
}

/** Reads the options; what is wrong with them ends the command as wrong usage. */
export function prepareInputs(command: Command, options: SearchInputs): PreparedInputs {
  requireApps(command, options.app);
  const timezone = options.timezone ?? 'UTC';
  const zone = findZone(timezone);
  if (zone === null) command.error(`error: "${timezone}" is no time zone`, { exitCode: 2 });
  const clock = Date.now() / 1000;
  const time = (name: string, text: string | undefined, now: number): number | undefined => {
    if (text === undefined) return undefined;
    if (isNoDay(text)) {
      command.error(`error: --${name} takes a day of the calendar, found "${text}"`, { exitCode: 2 });
    }
    // A day is what people write first, and no time modifier of Splunk.
    const full = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text;
    const value = parseTimeModifier(full, now, zone as Zone);
    const message = `error: --${name} takes epoch seconds, a date such as 2026-01-31T12:00:00Z, or -7d@d, found "${text}"`;
    return value ?? command.error(message, { exitCode: 2 });
  };
  const now = time('now', options.now, clock);
  const earliest = time('earliest', options.earliest, now ?? clock);
  const latest = time('latest', options.latest, now ?? clock);
  const repository = repositoryOf(command, options.content);
  const workspace =
    repository === undefined
      ? undefined
      : openWorkspace({
          root: repository.root,
          macros: repository.macros,
          lookups: repository.lookups,
          stems: [],
        });
  const given = readLookups(command, options.lookup);
  const tables = mergedLookups([workspace?.lookups], given);
  const events = openData(command, options, now, timezone, tables);
  const knowledge =
    events?.knowledge ??
    (options.app.length === 0
      ? undefined
      : loadKnowledge({ apps: options.app, language: knowledgeLanguage() }));
  const locations = openLocations();
  const environment: Environment = {
    ...(now === undefined ? {} : { now }),
    timezone,
    ...(earliest === undefined ? {} : { earliest }),
    ...(latest === undefined ? {} : { latest }),
    lookups: mergedLookups([knowledge?.lookups(), workspace?.lookups], given),
    locate: (address) => locations.find(address),
    warn: (message) => void process.stderr.write(`warning: ${message}\n`),
  };
  return {
    repository,
    macros: withAppMacros(
      repository === undefined ? macroTable(builtinMacros) : searchEnvironment(repository).macros,
      repository,
      knowledge,
    ),
    environment,
    events,
    timezone,
  };
}

/** Whether a text begins with a date that no calendar has; reading it as Splunk does would take a day nearby. */
function isNoDay(text: string): boolean {
  const [, year, month, day] = /^\s*(\d{4})-(\d\d)-(\d\d)(?!\d)/.exec(text) ?? [];
  if (year !== undefined) return !isDay(`${year}-${month}-${day}`);
  const american = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/.exec(text);
  if (american === null) return false;
  const [, first = '', second = '', full] = american;
  return !isDay(`${full}-${first.padStart(2, '0')}-${second.padStart(2, '0')}`);
}

/** Ends a command as wrong usage when a given app is none. */
export function requireApps(command: Command, apps: readonly string[]): void {
  for (const app of apps) {
    const fault = appFault(app);
    if (fault === null) continue;
    const help = fault.help === undefined ? '' : `\n  help: ${fault.help}`;
    command.error(`error: ${fault.message}${help}`, { exitCode: 2 });
  }
}

/** Macros of apps are laid over what detc defines itself, and under those of the repository. */
function withAppMacros(
  macros: MacroTable,
  repository: Repository | undefined,
  knowledge: Knowledge | undefined,
): MacroTable {
  const own = new Set(repository?.macros.map((macro) => macro.name));
  const given = knowledge?.macros.filter((macro) => !own.has(macro.name)) ?? [];
  return given.length === 0 ? macros : macroTable([...macros.values()].flat(), given);
}

/** Tables of apps and of the repository, read when asked for, with those of the command line laid over them. */
function mergedLookups(
  bases: readonly (Readonly<Record<string, LookupTable>> | undefined)[],
  given: ReadonlyMap<string, string>,
): Readonly<Record<string, string | LookupTable>> {
  const all = Object.create(null) as Record<string, string | LookupTable>;
  for (const base of bases)
    if (base !== undefined) Object.defineProperties(all, Object.getOwnPropertyDescriptors(base));
  for (const [name, csv] of given)
    Object.defineProperty(all, name, { value: csv, enumerable: true, configurable: true });
  return all;
}

function repositoryOf(command: Command, content: string | undefined): Repository | undefined {
  const root = content ?? findRepository(process.cwd());
  if (root === undefined) return undefined;
  if (!existsSync(root)) return command.error(`error: "${root}" is not a folder`, { exitCode: 2 });
  return loadRepository(root).content;
}

function readLookups(command: Command, list: readonly string[]): Map<string, string> {
  const tables = new Map<string, string>();
  for (const item of list) {
    const at = item.indexOf('=');
    const [name, file] = [item.slice(0, at), item.slice(at + 1)];
    if (at <= 0 || file === '')
      command.error(`error: --lookup takes <name>=<file>, found "${item}"`, { exitCode: 2 });
    if (!existsSync(file)) command.error(`error: the lookup file "${file}" does not exist`, { exitCode: 2 });
    tables.set(name, readFileSync(file, 'utf8'));
  }
  return tables;
}

/**
 * Whether something is piped or redirected into the program. What a program that started this one left open, a socket
 * or a device, is not: it may never end.
 */
function isPiped(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isFile();
  } catch {
    return false;
  }
}

function openData(
  command: Command,
  options: SearchInputs,
  now: number | undefined,
  timezone: string,
  lookups: Readonly<Record<string, string | LookupTable>>,
): LocalEvents | undefined {
  const piped = options.events ? process.stdin.isTTY !== true : command.name() === 'run' && isPiped();
  const inputs = options.data.length === 0 && piped ? ['-'] : options.data;
  if (inputs.length === 0) return undefined;
  for (const input of inputs)
    if (input !== '-' && !/[*?]/.test(input) && !existsSync(input))
      command.error(`error: "${input}" does not exist`, { exitCode: 2 });
  return openEvents(inputs, {
    newestFirst: true,
    apps: options.app,
    lookups,
    timezone,
    ...(now === undefined ? {} : { now }),
    ...(options.events ? { events: true } : {}),
    ...(options.sourcetype === undefined ? {} : { sourcetype: options.sourcetype }),
    ...(options.source === undefined ? {} : { source: options.source }),
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.index === undefined ? {} : { index: options.index }),
  });
}

/** Compiles a search; what is wrong with it is printed and undefined returned. */
export function compileOrReport(
  spl: string,
  prepared: PreparedInputs,
  options: SearchInputs,
): CompiledText | undefined {
  const dataModels = loadDataModels(options.app);
  const compiled = compileText(spl, {
    macros: prepared.macros,
    timezone: prepared.timezone,
    dataModels,
    ...(prepared.repository === undefined ? {} : { savedSearches: savedSearches(prepared.repository) }),
  });
  const found = searchDiagnostics(compiled, spl, 'search', prepared.environment.lookups ?? {});
  const diagnostics = [...found.map(withLookupHelp), ...doubts(compiled, spl, dataModels)];
  reportDiagnostics(diagnostics, spl);
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? undefined : compiled;
}

/** A lookup that nothing resembles is one to be given. */
function withLookupHelp(found: Diagnostic): Diagnostic {
  if (found.code !== 'unknown-lookup' || found.help !== undefined) return found;
  return { ...found, help: 'give its table with --lookup <name>=<file>' };
}

/** What rules say of a search that may be meant otherwise: it runs all the same. */
function doubts({ analysis }: CompiledText, spl: string, dataModels: DataModels): Diagnostic[] {
  const index = new LineIndex(spl);
  const at = (span: Span): Place => index.place('search', span);
  const text: SearchText = {
    text: spl,
    analysis,
    dataModels,
    get pipeline() {
      return analysis.tree;
    },
    at,
    locate(span) {
      const { span: original, notes = [] } = analysis.expansion.translate({ ...blank, span });
      return { place: at(original), notes };
    },
  };
  return checkSearchText(text, rules).map((found) => ({ ...found, severity: 'warning' }));
}
const blank = { severity: 'error', code: '', message: '' } as const;

/** Prints diagnostics of the search text on stderr. */
export function reportDiagnostics(diagnostics: readonly Diagnostic[], spl: string): void {
  if (diagnostics.length === 0) return;
  const colors = hasColors(process.stderr);
  process.stderr.write(
    formatText(diagnostics, {
      source: (file) => (file === 'search' ? spl : undefined),
      colors,
      counts: false,
    }),
  );
}

/** Whether an error of a running search is the search's or the data's fault; then it is told in one line. */
export function reportFault(error: unknown): boolean {
  const known =
    error instanceof MissingInput ||
    error instanceof RegexLimitError ||
    error instanceof LimitError ||
    error instanceof DiagnosticError;
  if (known) process.stderr.write(`error: ${(error as Error).message}\n`);
  return known;
}

/** Says which files could not be read, once the search has run. A file that is not there makes wrong usage, as a name does. */
export function reportData(events: LocalEvents | undefined): 0 | 1 | 2 {
  const diagnostics = [...(events?.report.diagnostics ?? []), ...(events?.knowledge.diagnostics ?? [])];
  reportDiagnostics(diagnostics, '');
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return 0;
  return errors.every(({ code }) => code === 'missing-file') ? 2 : 1;
}
