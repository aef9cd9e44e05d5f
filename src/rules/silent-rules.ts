// Rules that have nothing to say of a search, known from what they said of each of its commands before.
import type { SearchAnalysis } from '../syntax/analyse.js';
import { type KnownCommand, pipelineOf } from '../syntax/command-memo.js';
import { collectUses } from '../syntax/uses.js';
import type { AnalysedSearch, Rule, RuleContext } from './rule.js';

/** What is known of a command: the rules that were asked, and those of them that found something. */
interface Heard {
  readonly asked: Set<Rule>;
  readonly found: Set<Rule>;
}

const heard = new WeakMap<KnownCommand, Heard>();

/** Rules whose word on one command holds wherever it stands. */
const byCommand = new WeakMap<readonly unknown[], readonly Rule[]>();

/**
 * The rules among those given that find nothing in any command of a search; undefined for a search whose commands are
 * not known one by one.
 */
export function silentRules(
  search: AnalysedSearch,
  reporting: readonly { readonly rule: Rule }[],
  context: RuleContext,
): ReadonlySet<Rule> | undefined {
  const { commands } = search.analysis;
  if (commands === undefined) return undefined;
  let rules = byCommand.get(reporting);
  if (rules === undefined) {
    rules = reporting.map(({ rule }) => rule).filter((rule) => rule.isByCommand === true);
    byCommand.set(reporting, rules);
  }
  let silent: Set<Rule> | undefined;
  for (const [index, { known }] of commands.entries()) {
    const { asked, found } = hear(known, index, rules, search, context);
    if (found.size === 0 && asked.size === rules.length) continue;
    silent ??= new Set(rules);
    for (const rule of found) silent.delete(rule);
  }
  return silent ?? new Set(rules);
}

function hear(
  command: KnownCommand,
  index: number,
  rules: readonly Rule[],
  search: AnalysedSearch,
  context: RuleContext,
): Heard {
  let known = heard.get(command);
  if (known === undefined) {
    known = { asked: new Set(), found: new Set() };
    heard.set(command, known);
  }
  const { asked, found } = known;
  let alone: AnalysedSearch | undefined;
  for (const rule of rules) {
    if (asked.has(rule)) continue;
    asked.add(rule);
    alone ??= aloneIn(search, index);
    const report = (): void => void found.add(rule);
    rule.spl?.(alone, report);
    rule.search?.(alone, report, context);
  }
  return known;
}

/** A search as if one of its commands were all there is. */
function aloneIn(search: AnalysedSearch, index: number): AnalysedSearch {
  const { analysis } = search;
  const command = analysis.commands?.[index]?.tree ?? analysis.pipeline.commands[index]!;
  const pipeline = pipelineOf(command);
  const dataModels = { get: () => collectUses(pipeline, analysis.expansion.text).dataModels };
  const alone = Object.create(analysis, { pipeline: { value: pipeline }, dataModels }) as SearchAnalysis;
  return Object.create(search, { analysis: { value: alone } }) as AnalysedSearch;
}
