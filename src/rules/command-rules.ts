// Rules that look at each command by itself, asked once per command, wherever it stands.
import type { Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';
import type { SearchAnalysis } from '../syntax/analyse.js';
import { type CommandUse, pipelineOf, spanIn } from '../syntax/command-memo.js';
import type { Expansion } from '../syntax/macros.js';
import type { IsQuiet } from '../syntax/search-trace.js';
import type { Pipeline } from '../syntax/tree.js';
import { collectUses } from '../syntax/uses.js';
import type { AnalysedSearch, Report, Rule, RuleContext } from './rule.js';

type Hooks = readonly { readonly rule: Rule; readonly report: Report }[];

const none: ReadonlySet<Rule> = new Set();
const numbers = new WeakMap<Rule, number>();
let nextNumber = 0;
/** Numbers of lists of rules, by the numbers of their rules; settings make few such lists. */
const listNumbers = new Map<string, number>();
const numbersByHooks = new WeakMap<Hooks, number>();

/** The number under which a command keeps which of these rules found something in it. */
function listNumberOf(hooks: Hooks): number {
  let list = numbersByHooks.get(hooks);
  if (list === undefined) {
    const key = hooks.map(({ rule }) => {
      if (!numbers.has(rule)) numbers.set(rule, nextNumber++);
      return numbers.get(rule);
    });
    list = listNumbers.get(key.join(' ')) ?? listNumbers.size;
    listNumbers.set(key.join(' '), list);
    numbersByHooks.set(hooks, list);
  }
  return list;
}

/** Asks rules about a search: as a whole, or where its commands are known those of which one has something to say. */
export function askRules(hooks: Hooks, search: AnalysedSearch, context: RuleContext): void {
  const { commands } = search.analysis;
  const loud = commands === undefined ? undefined : loudCommands(commands, hooks, search, context);
  for (const { rule, report } of hooks) {
    if (loud === undefined || rule.isByCommand !== true) ask(rule, search, report, context);
    else
      for (const { use, found } of loud)
        if (found.has(rule)) ask(rule, aloneIn(search, use, search.path), report, context);
  }
}

/**
 * A text that is the same as long as rules find the same in a search: its facts and, by themselves, those of its commands
 * in which one of the rules finds something. Undefined when there are rules that look at more.
 */
export function factsOf(hooks: Hooks, search: AnalysedSearch, context: RuleContext): string | undefined {
  const { commands, facts } = search.analysis;
  if (commands === undefined || facts === undefined) return undefined;
  if (!hooks.every(({ rule }) => rule.isByCommand === true || rule.isByFacts === true)) return undefined;
  const loud = loudCommands(commands, hooks, search, context);
  return loud.length === 0 ? facts : `${facts}!${loud.map(({ use }) => use.known.number).join(' ')}`;
}

/** Tells of a command whether none of the rules finds anything in it by itself, where that is known. */
export function quietIn(hooks: Hooks): IsQuiet {
  const list = listNumberOf(hooks);
  return ({ heard }) => heard[list]?.size === 0;
}

function ask(rule: Rule, search: AnalysedSearch, report: Report, context: RuleContext): void {
  rule.spl?.(search, report);
  rule.search?.(search, report, context);
}

interface LoudCommand {
  readonly use: CommandUse;
  /** The rules that found something in it. */
  readonly found: ReadonlySet<unknown>;
}

function loudCommands(
  commands: readonly CommandUse[],
  hooks: Hooks,
  search: AnalysedSearch,
  context: RuleContext,
): readonly LoudCommand[] {
  const list = listNumberOf(hooks);
  const loud: LoudCommand[] = [];
  for (const use of commands) {
    const { heard } = use.known;
    let found = heard[list];
    if (found === undefined) {
      found = rulesThatFind(hooks, aloneIn(search, use, ['search']), context);
      heard[list] = found;
    }
    if (found.size > 0) loud.push({ use, found });
  }
  return loud;
}

function rulesThatFind(hooks: Hooks, alone: AnalysedSearch, context: RuleContext): ReadonlySet<Rule> {
  let found: Set<Rule> | undefined;
  for (const { rule } of hooks) {
    if (rule.isByCommand !== true) continue;
    const report = (): void => {
      found ??= new Set();
      found.add(rule);
    };
    ask(rule, alone, report, context);
  }
  return found ?? none;
}

/** A search as if one of its commands were all there is, with the spans of the segment that it was first read in. */
function aloneIn(search: AnalysedSearch, use: CommandUse, path: AnalysedSearch['path']): AnalysedSearch {
  const analysis = new AloneAnalysis(search.analysis, use);
  return {
    owner: search.owner,
    path,
    text: search.text,
    analysis,
    get pipeline() {
      return search.pipeline;
    },
    diagnostics: (isExplained) => search.diagnostics(isExplained),
    at: (span) => search.at(span),
    locate: (span) => search.locate(analysis.expansion.moved(span)),
  };
}

/** The expansion of a search with the spans of one of its commands. */
class AloneExpansion implements Expansion {
  readonly text: string;
  private readonly whole: Expansion;
  private readonly use: CommandUse;

  constructor(whole: Expansion, use: CommandUse) {
    this.text = use.known.text;
    this.whole = whole;
    this.use = use;
  }

  get diagnostics(): Expansion['diagnostics'] {
    return this.whole.diagnostics;
  }
  get macros(): Expansion['macros'] {
    return this.whole.macros;
  }
  get lookedUp(): Expansion['lookedUp'] {
    return this.whole.lookedUp;
  }
  get hasCalls(): boolean {
    return this.whole.hasCalls;
  }
  /** A span of the segment that the command was first read in, in the search. */
  moved(span: Span): Span {
    return spanIn(this.use, span);
  }
  readonly isWritten = (offset: number): boolean =>
    this.whole.isWritten(this.moved({ start: offset, end: offset + 1 }).start);
  pattern(span: Span): string {
    return this.whole.pattern(this.moved(span));
  }
  original(span: Span): Span {
    return this.whole.original(this.moved(span));
  }
  translate(diagnostic: SpanDiagnostic): SpanDiagnostic {
    return this.whole.translate({ ...diagnostic, span: this.moved(diagnostic.span) });
  }
}

/** What is known of one command of a search; what only the search as a whole has is that of the search. */
class AloneAnalysis implements SearchAnalysis {
  readonly text: string;
  readonly expansion: AloneExpansion;
  readonly pipeline: Pipeline;
  private readonly whole: SearchAnalysis;

  constructor(whole: SearchAnalysis, use: CommandUse) {
    this.text = whole.text;
    this.expansion = new AloneExpansion(whole.expansion, use);
    this.pipeline = pipelineOf(use.known.command);
    this.whole = whole;
  }

  get dataModels(): SearchAnalysis['dataModels'] {
    return collectUses(this.pipeline, this.expansion.text).dataModels;
  }
  get tree(): Pipeline {
    return this.whole.tree;
  }
  get diagnostics(): SearchAnalysis['diagnostics'] {
    return this.whole.diagnostics;
  }
  get macros(): SearchAnalysis['macros'] {
    return this.whole.macros;
  }
  get fields(): SearchAnalysis['fields'] {
    return this.whole.fields;
  }
  get output(): SearchAnalysis['output'] {
    return this.whole.output;
  }
  get missingFields(): SearchAnalysis['missingFields'] {
    return this.whole.missingFields;
  }
  get eventFields(): SearchAnalysis['eventFields'] {
    return this.whole.eventFields;
  }
  get setFields(): SearchAnalysis['setFields'] {
    return this.whole.setFields;
  }
  get keptFields(): SearchAnalysis['keptFields'] {
    return this.whole.keptFields;
  }
  get wildcardsRead(): SearchAnalysis['wildcardsRead'] {
    return this.whole.wildcardsRead;
  }
  get lookups(): SearchAnalysis['lookups'] {
    return this.whole.lookups;
  }
}
