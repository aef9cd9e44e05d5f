// Rules that look at each command by itself, asked once per command, wherever it stands.
import type { SearchAnalysis } from '../syntax/analyse.js';
import { type KnownCommand, pipelineOf } from '../syntax/command-memo.js';
import { collectUses } from '../syntax/uses.js';
import type { AnalysedSearch, Report, Rule, RuleContext } from './rule.js';

/** What is known of a command: the rules that were asked, and those of them that found something. */
interface Heard {
  readonly asked: Set<Rule>;
  readonly found: Set<Rule>;
}

const heard = new WeakMap<KnownCommand, Heard>();

/** Asks a rule about a search: as a whole, or where its commands are known those of which it has something to say. */
export function askRule(rule: Rule, search: AnalysedSearch, report: Report, context: RuleContext): void {
  const { commands } = search.analysis;
  if (commands === undefined || rule.isByCommand !== true) ask(rule, search, report, context);
  else
    for (let index = 0; index < commands.length; index++) {
      const { asked, found } = heardOf(commands[index]!.known);
      if (!asked.has(rule)) {
        asked.add(rule);
        ask(rule, aloneIn(search, index, ['search']), () => found.add(rule), context);
      }
      if (found.has(rule)) ask(rule, aloneIn(search, index, search.path), report, context);
    }
}

function ask(rule: Rule, search: AnalysedSearch, report: Report, context: RuleContext): void {
  rule.spl?.(search, report);
  rule.search?.(search, report, context);
}

function heardOf(command: KnownCommand): Heard {
  let known = heard.get(command);
  if (known === undefined) {
    known = { asked: new Set(), found: new Set() };
    heard.set(command, known);
  }
  return known;
}

/** A search as if one of its commands were all there is. */
function aloneIn(search: AnalysedSearch, index: number, path: AnalysedSearch['path']): AnalysedSearch {
  const { analysis } = search;
  const pipeline = pipelineOf(analysis.commands![index]!.tree);
  const dataModels = { get: () => collectUses(pipeline, analysis.expansion.text).dataModels };
  const alone = Object.create(analysis, { pipeline: { value: pipeline }, dataModels }) as SearchAnalysis;
  return Object.create(search, { analysis: { value: alone }, path: { value: path } }) as AnalysedSearch;
}
