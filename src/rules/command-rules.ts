// Rules that look at each command by itself, asked once per command, wherever it stands.
import type { Span } from '../diagnostic/diagnostic.js';
import type { SearchAnalysis } from '../syntax/analyse.js';
import { type CommandUse, type KnownCommand, pipelineOf } from '../syntax/command-memo.js';
import type { Expansion } from '../syntax/macros.js';
import { collectUses } from '../syntax/uses.js';
import type { AnalysedSearch, Report, Rule, RuleContext } from './rule.js';

type Hooks = readonly { readonly rule: Rule; readonly report: Report }[];
/** The rules that found something in a command, by the command. */
type Heard = WeakMap<KnownCommand, ReadonlySet<Rule>>;

const none: ReadonlySet<Rule> = new Set();
const numbers = new WeakMap<Rule, number>();
let nextNumber = 0;
/** What was heard, by the numbers of the rules that were asked; settings make few such lists. */
const heardByRules = new Map<string, Heard>();
const heardByHooks = new WeakMap<Hooks, Heard>();

function heardOf(hooks: Hooks): Heard {
  let heard = heardByHooks.get(hooks);
  if (heard === undefined) {
    const key = hooks.map(({ rule }) => {
      if (!numbers.has(rule)) numbers.set(rule, nextNumber++);
      return numbers.get(rule);
    });
    heard = heardByRules.get(key.join(' ')) ?? new WeakMap();
    heardByRules.set(key.join(' '), heard);
    heardByHooks.set(hooks, heard);
  }
  return heard;
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

function ask(rule: Rule, search: AnalysedSearch, report: Report, context: RuleContext): void {
  rule.spl?.(search, report);
  rule.search?.(search, report, context);
}

interface LoudCommand {
  readonly use: CommandUse;
  readonly found: ReadonlySet<Rule>;
}

function loudCommands(
  commands: readonly CommandUse[],
  hooks: Hooks,
  search: AnalysedSearch,
  context: RuleContext,
): readonly LoudCommand[] {
  const heard = heardOf(hooks);
  const loud: LoudCommand[] = [];
  for (const use of commands) {
    let found = heard.get(use.known);
    if (found === undefined) {
      found = rulesThatFind(hooks, aloneIn(search, use, ['search']), context);
      heard.set(use.known, found);
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

/** A search as if one of its commands were all there is, with the spans of the search that it was first read in. */
function aloneIn(
  search: AnalysedSearch,
  { known, start }: CommandUse,
  path: AnalysedSearch['path'],
): AnalysedSearch {
  const { analysis } = search;
  const { text, base } = known;
  const pipeline = pipelineOf(known.command);
  const here = analysis.expansion;
  const moved = (span: Span): Span => ({ start: span.start - base + start, end: span.end - base + start });
  const expansion: Expansion = {
    text,
    diagnostics: here.diagnostics,
    macros: here.macros,
    isWritten: (offset) => here.isWritten(offset - base + start),
    pattern: (span) => here.pattern(moved(span)),
    original: (span) => here.original(moved(span)),
    translate: (diagnostic) => here.translate({ ...diagnostic, span: moved(diagnostic.span) }),
  };
  const alone = Object.create(analysis, {
    pipeline: { value: pipeline },
    expansion: { value: expansion },
    dataModels: { get: () => collectUses(pipeline, text).dataModels },
  }) as SearchAnalysis;
  const locate = (span: Span) => search.locate(moved(span));
  return Object.create(search, {
    analysis: { value: alone },
    path: { value: path },
    locate: { value: locate },
  }) as AnalysedSearch;
}
