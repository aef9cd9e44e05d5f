// The site's start page, lists and story pages, and the data that its scripts filter.
import type { Catalogue, DetectionEntry, StoryEntry } from '../catalogue.js';
import { unique } from '../catalogue.js';
import { detectionPath, storyPath } from '../detection-page.js';
import { html, visible } from '../escape.js';
import { signature } from '../jekyll-lists.js';
import { compareNames } from '../names.js';
import { storyFacts } from '../story-page.js';
import { gistOf, macroFinder, type SiteContext } from './detection-view.js';
import type { SearchDocument } from './generator.js';
import { highlightSearch } from './highlight.js';
import { factRows, idAttribute, outward, rootOf } from './markup.js';
import { sourceNames } from './matrix.js';

const byName = (a: DetectionEntry, b: DetectionEntry): number =>
  compareNames(a.detection.name, b.detection.name);

function options(values: readonly string[]): string[] {
  return unique(values).sort(compareNames).map(html);
}

function detectionRows(entries: readonly DetectionEntry[], root: string): object[] {
  return entries.map((entry) => ({
    href: `${root}${detectionPath(entry)}.html`,
    name: html(entry.detection.name),
    type: html(entry.detection.type),
    status: entry.detection.status,
    updated: html(entry.detection.modificationDate ?? ''),
    techniques: entry.techniques.map((technique) => html(technique.id)).join(' '),
    techniqueNames: entry.techniques.map((technique) => html(technique.name)).join(', '),
    tactics: html(entry.tactics.join('|')),
    sources: html(entry.dataSources.map((use) => use.name).join('|')),
    products: html(entry.detection.tags.products.join('|')),
  }));
}

export function homeView(catalogue: Catalogue): object {
  const { detections, stories, settings, repository } = catalogue;
  const dayOf = ({ detection }: (typeof detections)[number]): string => detection.modificationDate ?? '';
  const updated = [...detections].sort((a, b) =>
    dayOf(a) === dayOf(b) ? byName(a, b) : dayOf(a) < dayOf(b) ? 1 : -1,
  );
  const types = unique(detections.map((entry) => entry.detection.type)).sort(compareNames);
  return {
    title: html(settings.title),
    version: html(repository.app.version),
    description: html(repository.app.description),
    detections: detections.length,
    stories: stories.length,
    techniques: unique(detections.flatMap((entry) => entry.techniques)).length,
    dataSources: sourceNames(catalogue).length,
    types: types.map((type) => ({
      type: html(type),
      href: `detections.html?type=${encodeURIComponent(type)}`,
      count: detections.filter((entry) => entry.detection.type === type).length,
    })),
    updated: detectionRows(updated.slice(0, 10), ''),
  };
}

export function detectionsView(catalogue: Catalogue): object {
  const { detections } = catalogue;
  return {
    detections: detectionRows([...detections].sort(byName), ''),
    count: detections.length,
    types: options(detections.map((entry) => entry.detection.type)),
    tactics: options(detections.flatMap((entry) => entry.tactics)),
    sources: options(detections.flatMap((entry) => entry.dataSources.map((use) => use.name))),
    products: options(detections.flatMap((entry) => entry.detection.tags.products)),
    statuses: options(detections.map((entry) => entry.detection.status)),
  };
}

export function storiesView(catalogue: Catalogue): object {
  const stories = [...catalogue.stories].sort((a, b) => compareNames(a.story.name, b.story.name));
  return {
    count: stories.length,
    stories: stories.map((entry) => ({
      href: `${storyPath(entry)}.html`,
      name: html(entry.story.name),
      categories: html(entry.story.categories.join(', ')),
      count: entry.detections.length,
      tactics: html(unique(entry.detections.flatMap((detection) => detection.tactics)).join(', ')),
    })),
  };
}

export function storyView(entry: StoryEntry, { catalogue, prose }: SiteContext): object {
  const { story } = entry;
  const root = rootOf(`${storyPath(entry)}.html`);
  return {
    root,
    title: html(story.name),
    notice: story.status === 'deprecated' ? 'Deprecated: this story is no longer maintained.' : '',
    description: prose(story.description),
    narrative: prose(story.narrative),
    facts: factRows(storyFacts(entry, catalogue), root),
    detections: detectionRows(entry.detections, root),
    references: story.references.map((reference) => outward(reference, reference)),
  };
}

function users(entries: readonly DetectionEntry[]): object[] {
  return entries.map((entry) => ({
    href: `${detectionPath(entry)}.html`,
    name: html(entry.detection.name),
  }));
}

export function macrosView(context: SiteContext): object {
  const { catalogue, prose } = context;
  const macroOf = macroFinder(context, '');
  return {
    macros: catalogue.macros.map(({ object: macro, anchor, usedBy }) => ({
      idAttribute: idAttribute(anchor),
      signature: html(signature(macro)),
      description: prose(macro.description),
      definition: highlightSearch(macro.definition, macroOf),
      count: usedBy.length,
      users: users(usedBy),
    })),
  };
}

export function lookupsView(catalogue: Catalogue, prose: (text: string) => string): object {
  return {
    lookups: catalogue.lookups.map(({ object: lookup, anchor, usedBy }) => ({
      idAttribute: idAttribute(anchor),
      name: html(lookup.name),
      description: prose(lookup.description),
      kind: lookup.lookupType,
      file: html(lookup.filename ?? lookup.collection ?? ''),
      fields: html(lookup.fields.join(', ')),
      count: usedBy.length,
      users: users(usedBy),
    })),
  };
}

/** What the matrix and the search of the pages read: one short record of each detection. */
export function detectionData(catalogue: Catalogue): object[] {
  return [...catalogue.detections].sort(byName).map((entry) => ({
    name: visible(entry.detection.name),
    url: `${detectionPath(entry)}.html`,
    type: entry.detection.type,
    techniques: entry.techniques.map((technique) => [technique.id, technique.name]),
    sources: entry.dataSources.map((use) => use.name),
  }));
}

export function searchDocuments(catalogue: Catalogue): SearchDocument[] {
  const documents: Omit<SearchDocument, 'id' | 'gist'>[] = [
    ...catalogue.detections.map((entry) => ({
      title: entry.detection.name,
      url: `${detectionPath(entry)}.html`,
      kind: entry.detection.type,
      text: entry.detection.description,
      search: entry.detection.search,
      labels: [
        ...entry.techniques.flatMap((technique) => [technique.id, technique.name]),
        ...entry.detection.tags.analyticStories,
        ...entry.dataSources.map((use) => use.name),
        ...entry.detection.tags.cves,
        entry.detection.id ?? '',
      ].join(' '),
    })),
    ...catalogue.stories.map((entry) => ({
      title: entry.story.name,
      url: `${storyPath(entry)}.html`,
      kind: 'Story',
      text: entry.story.description,
      search: '',
      labels: entry.story.categories.join(' '),
    })),
    ...catalogue.macros.map(({ object, anchor }) => ({
      title: object.name,
      url: `macros.html#${encodeURIComponent(anchor)}`,
      kind: 'Macro',
      text: object.description,
      search: object.definition,
      labels: '',
    })),
  ];
  return documents.map((document, id) => ({
    id,
    ...document,
    title: visible(document.title),
    gist: visible(gistOf(document.text, 180)),
  }));
}
