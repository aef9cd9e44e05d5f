// Views of the markdown flavor: portable GitHub-flavoured Markdown with relative links and indexes.
import type { OutputFile } from '../output/output-file.js';
import type { Catalogue, DetectionEntry, StoryEntry, UsedEntry } from './catalogue.js';
import { unique } from './catalogue.js';
import type { DetectionPage, Fact, Linked } from './detection-page.js';
import { detectionPage, detectionPath, storyPath } from './detection-page.js';
import {
  addressLink,
  codeSpan,
  fenceFor,
  inline,
  prose,
  proseCell,
  proseWithoutHeadings,
  webAddress,
} from './escape.js';
import type { Group, Index } from './indexes.js';
import { indexesOf } from './indexes.js';
import { signature } from './jekyll-lists.js';
import { anchorGiver, compareNames } from './names.js';
import { layOutSearch } from './search-layout.js';
import { storyFacts } from './story-page.js';
import type { Render } from './templates.js';

const target = 'markdown';
const text = (value: string): string => inline(value, target);
const cell = (value: string): string => proseCell(value, target);

/** Every file of the flavor: the start page, indexes, lists, detections and stories. */
export function renderMarkdown(catalogue: Catalogue, render: Render): OutputFile[] {
  const indexes = indexesOf(catalogue);
  const files: OutputFile[] = [
    { path: 'README.md', content: render('readme', readmeView(catalogue, indexes)) },
    { path: 'macros.md', content: render('macros', { macros: catalogue.macros.map(macroView) }) },
    { path: 'lookups.md', content: render('lookups', { lookups: catalogue.lookups.map(lookupView) }) },
  ];
  for (const index of indexes)
    files.push({ path: `${index.path}.md`, content: render('index', indexView(index)) });
  for (const entry of catalogue.detections)
    files.push({
      path: `${detectionPath(entry)}.md`,
      content: render('detection', detectionView(detectionPage(entry, catalogue))),
    });
  for (const entry of catalogue.stories)
    files.push({ path: `${storyPath(entry)}.md`, content: render('story', storyView(entry, catalogue)) });
  return files;
}

/** Relative link from one page to another, both without their endings. */
function relative(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let common = 0;
  while (common < here.length && common < there.length - 1 && here[common] === there[common]) common++;
  return '../'.repeat(here.length - common) + there.slice(common).join('/');
}

function link(linked: Linked, from: string): string {
  if (linked.to !== undefined) {
    const anchor =
      linked.anchor === undefined || linked.anchor === '' ? '' : `#${encodeURIComponent(linked.anchor)}`;
    return `[${text(linked.text)}](${relative(from, linked.to)}.md${anchor})`;
  }
  const address = linked.url === undefined ? undefined : webAddress(linked.url);
  return address === undefined ? text(linked.text) : `[${text(linked.text)}](${address})`;
}

function factRows(facts: readonly Fact[], from: string): object[] {
  return facts.map(({ label, values }) => ({
    label,
    values: values.map((value) => link(value, from)).join(', '),
  }));
}

function detectionView(page: DetectionPage): object {
  return {
    title: text(page.title),
    notice: page.notice,
    description: prose(page.description, target),
    explanation: prose(page.explanation, target),
    facts: factRows(page.facts, page.path),
    ...searchView(page.search),
    macros: page.macros.map((macro) => ({
      name: link(macro.link, page.path),
      definition: macro.definition === '' ? '' : codeSpan(macro.definition, target),
      note: cell(macro.note),
    })),
    lookups: page.lookups.map((lookup) => ({
      name: link(lookup.name, page.path),
      kind: lookup.kind,
      description: cell(lookup.description),
    })),
    techniques: page.techniques.map(({ technique, link: to }) => ({
      link: link(to, page.path),
      name: text(technique.name),
      tactics: technique.tactics.join(', '),
    })),
    message: prose(page.risk.message, target),
    riskObjects: page.risk.objects.map((object) => ({
      field: codeSpan(object.field, target),
      type: text(object.type),
      score: object.score,
      message: cell(object.message ?? ''),
    })),
    threats: page.risk.threats.map(({ field, type }) => ({
      field: codeSpan(field, target),
      type: text(type),
    })),
    finding: page.risk.finding
      ? {
          title: cell(page.risk.finding.title),
          field: codeSpan(page.risk.finding.entity.field, target),
          type: text(page.risk.finding.entity.type),
          score: page.risk.finding.entity.score,
        }
      : null,
    howToImplement: prose(page.howToImplement, target),
    knownFalsePositives: prose(page.knownFalsePositives, target),
    drilldowns: page.drilldowns.map((drilldown) => ({
      name: text(drilldown.name),
      ...searchView(layOutSearch(drilldown.search)),
      range: text(rangeOf(drilldown.earliestOffset, drilldown.latestOffset)),
    })),
    tests: page.tests.flatMap((test) =>
      test.data.map((data) => ({
        name: text(test.isExperimental ? `${test.name} (run by hand)` : test.name),
        address: addressLink(data.address, target),
        source: text(data.source),
        sourcetype: text(data.sourcetype),
      })),
    ),
    references: page.references.map((reference) => addressLink(reference, target)),
    labels: factRows(page.labels, page.path),
  };
}

/** Time range of a drilldown, as its offsets are written. */
export function rangeOf(earliest: string | null | undefined, latest: string | null | undefined): string {
  if (!earliest && !latest) return '';
  return `${earliest || 'the beginning'} to ${latest || 'now'}`;
}

function searchView(search: string): { fence: string; search: string } {
  return { fence: fenceFor(search), search };
}

interface DetectionRow {
  readonly link: string;
  readonly type: string;
  readonly techniques: string;
  readonly dataSources: string;
}
const rowsByFolder = new WeakMap<DetectionEntry, Map<string, DetectionRow>>();

/** Rows of tables; a detection's row is the same on every page of a folder, and made once. */
function detectionRows(entries: readonly DetectionEntry[], from: string): DetectionRow[] {
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  return entries.map((entry) => {
    let rows = rowsByFolder.get(entry);
    if (!rows) {
      rows = new Map();
      rowsByFolder.set(entry, rows);
    }
    let row = rows.get(folder);
    if (!row) {
      row = {
        link: link({ text: entry.detection.name, to: detectionPath(entry) }, from),
        type: text(entry.detection.type),
        techniques: entry.techniques.map((technique) => text(technique.name)).join(', '),
        dataSources: entry.dataSources.map((use) => text(use.name)).join(', '),
      };
      rows.set(folder, row);
    }
    return row;
  });
}

function storyView(entry: StoryEntry, catalogue: Catalogue): object {
  const { story } = entry;
  const from = storyPath(entry);
  return {
    title: text(story.name),
    description: prose(story.description, target),
    facts: factRows(storyFacts(entry, catalogue), from),
    narrative: prose(story.narrative, target),
    detections: detectionRows(entry.detections, from),
    references: story.references.map((reference) => addressLink(reference, target)),
  };
}

function indexView(index: Index): object {
  const anchorFor = anchorGiver(index.title);
  const groups = index.groups.map((group: Group) => {
    return {
      heading: text(group.heading),
      anchor: encodeURIComponent(anchorFor(group.heading)),
      count: group.detections.length,
      note: text(group.note),
      more: group.more ? link(group.more, index.path) : '',
      detections: detectionRows(group.detections, index.path),
    };
  });
  return { title: text(index.title), introduction: text(index.introduction), groups };
}

function readmeView(catalogue: Catalogue, indexes: readonly Index[]): object {
  const { repository, detections, stories } = catalogue;
  const anchorFor = anchorGiver(catalogue.settings.title, 'Indexes');
  return {
    anchors: { stories: anchorFor('Analytic stories'), detections: anchorFor('Detections') },
    title: text(catalogue.settings.title),
    version: text(repository.app.version),
    description: prose(repository.app.description, target),
    counts: {
      detections: detections.length,
      stories: stories.length,
      macros: catalogue.macros.length,
      lookups: catalogue.lookups.length,
      techniques: unique(detections.flatMap((entry) => entry.techniques)).length,
      dataSources: unique(detections.flatMap((entry) => entry.dataSources.map((use) => use.name))).length,
    },
    indexes: indexes.map((index) => ({
      link: `[${text(index.title)}](${index.path}.md)`,
      introduction: text(index.introduction),
      count: index.groups.length,
    })),
    detections: detectionRows(
      [...detections].sort((a, b) => compareNames(a.detection.name, b.detection.name)),
      'README',
    ),
    stories: [...stories]
      .sort((a, b) => compareNames(a.story.name, b.story.name))
      .map((entry) => ({
        link: link({ text: entry.story.name, to: storyPath(entry) }, 'README'),
        count: entry.detections.length,
      })),
  };
}

/** Links to the detections that use something; only their number where they are many. */
function usedBy<T>(entry: UsedEntry<T>, from: string): string {
  if (entry.usedBy.length > 25) return `${entry.usedBy.length} detections`;
  return entry.usedBy
    .map((use) => link({ text: use.detection.name, to: detectionPath(use) }, from))
    .join(', ');
}

function macroView(entry: Catalogue['macros'][number]): object {
  const macro = entry.object;
  return {
    heading: text(macro.name),
    signature: codeSpan(`\`${signature(macro)}\``, target),
    description: proseWithoutHeadings(macro.description, target),
    ...searchView(macro.definition),
    usedBy: usedBy(entry, 'macros'),
  };
}

function lookupView(entry: Catalogue['lookups'][number]): object {
  const lookup = entry.object;
  return {
    heading: text(lookup.name),
    description: proseWithoutHeadings(lookup.description, target),
    kind: lookup.lookupType,
    file: lookup.filename === undefined ? '' : codeSpan(lookup.filename, target),
    fields: lookup.fields.map((field) => codeSpan(field, target)).join(', '),
    usedBy: usedBy(entry, 'lookups'),
  };
}
