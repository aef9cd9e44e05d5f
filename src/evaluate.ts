// The evaluator on one page: a tree of commands is planned, rewritten, generated and run.
import { type GeneratedSearch, generateBody, generateModule, type ModuleOptions } from './codegen/module.js';
import type { SpanDiagnostic } from './diagnostic/diagnostic.js';
import * as runtime from './evaluator-runtime.js';
import type { DataModels } from './knowledge/data-model.js';
import { loadDataModels } from './knowledge/load-data-models.js';
import { language } from './language.js';
import { datasetPlan, meantDataset } from './plan/dataset.js';
import type { Operator } from './plan/operator.js';
import { planSearch } from './plan/planner.js';
import { rewrite } from './plan/rewrite.js';
import type { Environment } from './runtime/environment.js';
import { LimitError, limitError } from './runtime/growth.js';
import { MemoryError } from './runtime/memory.js';
import type { Events, RowSink, Run } from './runtime/run.js';
import type { Row } from './runtime/value.js';
import { analyseSearch, type SearchAnalysis } from './syntax/analyse.js';
import { builtinMacros } from './syntax/builtin-macros.js';
import { expression, searchExpression } from './syntax/grammar-parts.js';
import { type MacroTable, macroTable } from './syntax/macros.js';
import { parseFragment } from './syntax/pipeline.js';
import type { Expression, Pipeline, SearchExpression } from './syntax/tree.js';

export interface CompileOptions {
  /** Zone that planning assumes where a span of days needs one; default UTC. */
  readonly timezone?: string;
  /** The data set whose events are given, with fields without its prefix. */
  readonly dataModel?: string;
  /** Default: the built-in ones. */
  readonly dataModels?: DataModels;
  /** The events are a store that makes the rows of data sets itself, when a scan asks for one (`ScanRequest.dataset`). */
  readonly datasetsFromStore?: boolean;
  /** Macros that searches held in strings may call (map); those of the text are expanded already. */
  readonly macros?: MacroTable;
  /** The search was found wrong when it was read: it is planned, never generated. */
  readonly isFaulty?: boolean;
  /** Texts of saved searches by name, for savedsearch, map and from. */
  readonly savedSearches?: ReadonlyMap<string, string>;
  /** Default true. Off, the plan is what the commands made, for comparison. */
  readonly rewrites?: boolean;
}

/** How many rows went into and came out of a command. */
export interface Stage {
  readonly command: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
}

/** A search ready to run, as often as wanted. */
export interface CompiledSearch {
  /** Empty, or the search cannot be run. */
  readonly diagnostics: readonly SpanDiagnostic[];
  readonly plan: Operator;
  /** Names of the result's columns in order, when they are all known before it runs. */
  readonly columns: readonly string[] | undefined;
  /** Whether it reads events, unlike one that makes its rows itself. */
  readonly readsEvents: boolean;
  /** Runs the search; rows come in result order. With `sink` they are handed on as they come and not gathered. */
  run(events?: Events, environment?: Environment, sink?: RowSink): Promise<Row[]>;
  /** Runs the search and counts the rows that leave every command. */
  runCounted(
    events?: Events,
    environment?: Environment,
  ): Promise<{ readonly rows: Row[]; readonly stages: readonly Stage[] }>;
  /** The TypeScript module of the search. */
  module(options: ModuleOptions): string;
}

type Main = (run: Run, events: Events | undefined, result: RowSink) => Promise<void>;

/** Compiles a search whose macros are expanded. */
export function compile(tree: Pipeline, options: CompileOptions = {}): CompiledSearch {
  const diagnostics: SpanDiagnostic[] = [];
  const report = (diagnostic: SpanDiagnostic): void => void diagnostics.push(diagnostic);
  const readers = fragmentReaders(report, options.macros ?? macroTable(builtinMacros));
  const planned = planSearch(tree, {
    commands: language.commands,
    timezone: options.timezone ?? 'UTC',
    ...(options.dataModel === undefined ? {} : { dataModel: options.dataModel }),
    ...readers,
    dataset: (name, context) =>
      datasetPlan(
        name,
        context,
        options.dataModels ?? loadDataModels(),
        options.dataModel,
        options.datasetsFromStore,
      ),
    meantDataset: (name) => meantDataset(name, options.dataModels ?? loadDataModels()),
    savedSearches: options.savedSearches ?? new Map(),
    report,
  });
  const rewrites = options.rewrites ?? true;
  const plan = rewrite(planned, { rewrites, counted: false });
  const settings = { catalogue: language, parseSearchExpression: readers.parseSearchExpression };
  const hasErrors = (): boolean =>
    options.isFaulty === true || diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  let generated: ReturnType<typeof generateBody> | undefined;
  if (!hasErrors()) {
    generated = generateBody(plan, { ...settings, instrument: false });
    diagnostics.push(...generated.diagnostics);
  }
  let main: Main | undefined;
  let counted: Main | undefined;
  let countedCode: GeneratedSearch | undefined;
  const scans = generated?.scans ?? 0;
  const prepare = async (events: Events | undefined): Promise<Events | undefined> =>
    events !== undefined && scans > 1 ? runtime.rereadable(events) : events;
  const ready = (): GeneratedSearch => {
    if (generated === undefined || hasErrors()) throw new Error('a search with errors cannot be run');
    return generated;
  };
  return {
    diagnostics,
    plan,
    columns: generated?.columns,
    readsEvents: scans > 0,
    async run(events, environment, sink) {
      const code = ready();
      main ??= load(code.source);
      const rows: Row[] = [];
      const run = runtime.startRun(environment);
      await bounded(code, main(run, await prepare(events), sink ?? runtime.gathered(rows)));
      return rows;
    },
    async runCounted(events, environment) {
      ready();
      countedCode ??= generateBody(rewrite(planned, { rewrites, counted: true }), {
        ...settings,
        instrument: true,
      });
      counted ??= load(countedCode.source);
      const run = runtime.startRun(environment);
      const rows: Row[] = [];
      await bounded(countedCode, counted(run, await prepare(events), runtime.gathered(rows)));
      const stages = tree.commands.map(
        (command, index): Stage => ({
          command: command.name,
          rowsIn: run.counts[index] ?? 0,
          rowsOut: run.counts[index + 1] ?? 0,
        }),
      );
      return { rows, stages };
    },
    module(moduleOptions) {
      ready();
      return generateModule(plan, { ...settings, instrument: false }, moduleOptions).source;
    },
  };
}

/** Lines that the Function constructor puts before a source. */
const linesBefore = 2;
const longestOrigin = 100;

/**
 * Waits for a run; what grows too large there is told with the part of the search that made it, where that is known.
 * The stack of the error tells the line: marks in the code would be paid for by every row, and read by every reader.
 */
async function bounded({ source, origins }: GeneratedSearch, running: Promise<void>): Promise<void> {
  try {
    await running;
  } catch (error) {
    const fault = limitError(error);
    if (fault === undefined || fault instanceof MemoryError) throw error;
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    const line = /<anonymous>:(\d+):\d+\)/.exec(stack);
    const origin = line && originAt(source.split('\n'), Number(line[1]) - 1 - linesBefore, origins);
    if (!origin) throw fault;
    const part = origin.length <= longestOrigin ? origin : `${origin.slice(0, longestOrigin - 1)}…`;
    throw new LimitError(`${fault.message}: ${part}`, { cause: error });
  }
}

/** The part of the search that a line computes; a part of a value is computed before the value itself. */
function originAt(
  lines: readonly string[],
  index: number,
  origins: GeneratedSearch['origins'],
): string | undefined {
  for (let at = index; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim();
    const origin = origins.get(line);
    if (origin !== undefined) return origin();
    if (!line.startsWith('const value')) return undefined;
  }
  return undefined;
}

/** Makes generated JavaScript a function. Its only free name is the runtime. */
function load(source: string): Main {
  return new Function('runtime', source)(runtime) as Main;
}

function fragmentReaders(
  report: (diagnostic: SpanDiagnostic) => void,
  macros: MacroTable,
): {
  parse: (text: string, at?: SpanDiagnostic['span']) => Pipeline;
  parseExpression: (text: string) => Expression;
  parseSearchExpression: (text: string) => SearchExpression;
} {
  const span = { start: 0, end: 0 };
  const note = (diagnostics: readonly SpanDiagnostic[]): void => diagnostics.forEach(report);
  return {
    parse(text, at) {
      const { pipeline, diagnostics } = analyseSearch(text, { language, macros });
      note(at === undefined ? diagnostics : diagnostics.map((fault) => ({ ...fault, span: at })));
      return pipeline;
    },
    parseExpression(text) {
      const { value, diagnostics } = parseFragment(text, language, (parser) => expression.parse(parser));
      note(diagnostics);
      return value ?? { kind: 'string', value: '', span };
    },
    parseSearchExpression(text) {
      const part = searchExpression();
      const { value, diagnostics } = parseFragment(text, language, (parser) => part.parse(parser));
      note(diagnostics);
      return value ?? { kind: 'everything', span };
    },
  };
}

/** A compiled search and what its text says. */
export interface CompiledText extends CompiledSearch {
  readonly analysis: SearchAnalysis;
}

/** Expands and compiles the text of a search. Spans of diagnostics count in the text as written. */
export function compileText(text: string, options: CompileOptions = {}): CompiledText {
  const analysis = analyseSearch(text, { language, macros: options.macros ?? macroTable(builtinMacros) });
  const isFaulty = analysis.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  const compiled = compile(analysis.pipeline, { ...options, isFaulty });
  // What the reading has found wrong would only be found wrong again by the stages behind it.
  const later = isFaulty
    ? []
    : compiled.diagnostics.map((diagnostic) => analysis.expansion.translate(diagnostic));
  return { ...compiled, analysis, diagnostics: [...analysis.diagnostics, ...later] };
}
