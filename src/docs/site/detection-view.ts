// The site's page about one detection.

import { readMacroCall } from '../../syntax/macro-call.js';
import type { MacroTable } from '../../syntax/macros.js';
import { expandMacros } from '../../syntax/macros.js';
import type { Catalogue, DetectionEntry, StoryEntry } from '../catalogue.js';
import { detectionPage, detectionPath, storyPath } from '../detection-page.js';
import { html } from '../escape.js';
import { rangeOf } from '../markdown.js';
import { layOutSearch } from '../search-layout.js';
import type { MacroTarget } from './highlight.js';
import { highlightSearch } from './highlight.js';
import type { Commit } from './history.js';
import { factRows, hrefOf, linkHtml, outward, rootOf, withTokens } from './markup.js';
import type { LastResult } from './results.js';

export interface SiteContext {
  readonly catalogue: Catalogue;
  readonly macros: MacroTable;
  readonly prose: (text: string) => string;
  readonly history: (file: string) => readonly Commit[];
  readonly results: (file: string, test: string) => LastResult | undefined;
  readonly related: (entry: DetectionEntry) => readonly DetectionEntry[];
}

const longestExpansion = 2000;
/** How many stories of a detection are told in a sentence; the others are only named. */
const toldStories = 2;

/**
 * Answers what a macro call on a page leads to: macros of the repository to the page of macros, others to the table of
 * the page when it has them. The expansion is the text that Splunk runs, nested macros replaced as well.
 */
export function macroFinder(
  { catalogue, macros }: SiteContext,
  root: string,
  table: { readonly names?: ReadonlySet<string>; readonly filterMacro?: string | undefined } = {},
): (call: string) => MacroTarget {
  const own = new Map(catalogue.macros.map(({ object, anchor }) => [object.name, anchor]));
  return (call) => {
    const { name } = readMacroCall(call, 0);
    const anchor = own.get(name);
    const href =
      anchor !== undefined ? hrefOf('macros', root, anchor) : table.names?.has(name) ? '#macros' : undefined;
    const isDefined = macros.has(name);
    let expansion = 'defined by another app';
    if (isDefined) expansion = expandMacros(call, macros).text;
    else if (name === table.filterMacro) expansion = 'search *';
    if (expansion.length > longestExpansion) expansion = `${expansion.slice(0, longestExpansion)} …`;
    return { ...(href === undefined ? {} : { href }), expansion };
  };
}

const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const;

/** The severity that Enterprise Security is given for a risk score. */
export function severityOf(score: number): (typeof severities)[number] {
  if (score <= 20) return 'informational';
  if (score <= 40) return 'low';
  if (score <= 60) return 'medium';
  return score <= 80 ? 'high' : 'critical';
}

export function detectionView(entry: DetectionEntry, context: SiteContext): object {
  const { catalogue, prose } = context;
  const page = detectionPage(entry, catalogue);
  const root = rootOf(`${page.path}.html`);
  const names = new Set(page.macros.map((macro) => macro.name));
  const macroOf = macroFinder(context, root, { names, filterMacro: entry.filterMacro });
  const { detection } = entry;
  const stories = entry.stories.flatMap(({ entry: story }) => story ?? []);
  const storyLink = (story: StoryEntry): string =>
    linkHtml({ text: story.story.name, to: storyPath(story) }, root);
  return {
    root,
    title: html(page.title),
    category: html(entry.category),
    type: html(detection.type),
    typeClass: /^[A-Za-z]+$/.test(detection.type) ? detection.type.toLowerCase() : 'other',
    status: detection.status,
    notice: html(page.notice),
    description: prose(page.description),
    explanation: page.explanation === '' ? '' : prose(page.explanation),
    stories: stories.slice(0, toldStories).map((story) => ({
      link: storyLink(story),
      gist: html(gistOf(story.story.description)),
    })),
    otherStories: stories.slice(toldStories).map(storyLink).join(', '),
    related: context.related(entry).map((other) => ({
      link: linkHtml({ text: other.detection.name, to: detectionPath(other) }, root),
      type: html(other.detection.type),
    })),
    facts: factRows(page.facts, root),
    labels: factRows(page.labels, root),
    search: highlightSearch(page.search, macroOf),
    macros: page.macros.map((macro) => ({
      name: linkHtml(macro.link, root),
      definition: macro.definition === '' ? '' : highlightSearch(macro.definition, macroOf),
      note: html(macro.note),
    })),
    lookups: page.lookups.map((lookup) => ({
      name: linkHtml(lookup.name, root),
      kind: html(lookup.kind),
      description: html(lookup.description),
    })),
    techniques: page.techniques.map(({ technique, link }) => ({
      matrix: `<a href="${root}attack.html#${encodeURIComponent(technique.id)}">${html(technique.name)}</a>`,
      link: linkHtml(link, root),
      tactics: html(technique.tactics.join(', ')),
    })),
    message: page.risk.message === '' ? '' : withTokens(page.risk.message),
    riskObjects: page.risk.objects.map((object) => ({
      field: html(object.field),
      type: html(object.type),
      score: object.score,
      severity: severityOf(object.score),
      message: object.message === undefined ? '' : withTokens(object.message),
    })),
    threats: page.risk.threats.map(({ field, type }) => ({ field: html(field), type: html(type) })),
    finding: page.risk.finding
      ? {
          title: withTokens(page.risk.finding.title),
          field: html(page.risk.finding.entity.field),
          type: html(page.risk.finding.entity.type),
          score: page.risk.finding.entity.score,
          severity: severityOf(page.risk.finding.entity.score),
        }
      : null,
    howToImplement: prose(page.howToImplement),
    knownFalsePositives: prose(page.knownFalsePositives),
    drilldowns: page.drilldowns.map((drilldown, index) => ({
      id: `drilldown-${index + 1}`,
      name: withTokens(drilldown.name),
      range: withTokens(rangeOf(drilldown.earliestOffset, drilldown.latestOffset)),
      search: highlightSearch(layOutSearch(drilldown.search), macroOf),
    })),
    tests: page.tests.map((test) => ({
      name: html(test.name),
      description: html(test.description),
      isExperimental: test.isExperimental,
      result: resultView(context.results(detection.file, test.name)),
      data: test.data.map((data) => ({
        address: outward(data.address, data.address.split('/').slice(-3).join('/')),
        full: html(data.address),
        source: html(data.source),
        sourcetype: html(data.sourcetype),
      })),
    })),
    references: page.references.map((reference) => outward(reference, reference)),
    history: context.history(detection.file).map((commit) => ({
      date: html(commit.date),
      author: html(commit.author),
      subject: html(commit.subject),
      hash: catalogue.settings.isRepositoryKnown
        ? outward(`${catalogue.settings.repositoryUrl}/commit/${commit.hash}`, commit.hash.slice(0, 10))
        : html(commit.hash.slice(0, 10)),
    })),
    version: detection.version ?? '',
  };
}

/** The first sentence of a description, without the marks of code, or its beginning where that is long. */
export function gistOf(text: string, longest = 240): string {
  const plain = text.replaceAll('`', '').replace(/\s+/g, ' ').trim();
  const sentence = /^.*?[.!?](?= |$)/.exec(plain)?.[0] ?? plain;
  return sentence.length <= longest ? sentence : `${sentence.slice(0, longest - 1).trimEnd()}…`;
}

function resultView(result: LastResult | undefined): object | null {
  if (!result) return null;
  const rows = result.rows === 1 ? '1 row' : `${result.rows} rows`;
  return {
    status: result.status,
    // Nothing was counted for a test that was left out.
    hasRun: result.status !== 'skipped',
    rows,
    expected: html(result.expected),
    reason: html(result.reason ?? ''),
    time: `${Math.round(result.durationMs)} ms`,
    day: result.day ?? '',
  };
}
