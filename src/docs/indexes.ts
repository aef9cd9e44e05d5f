// Indexes of the detections: by data source, story, technique, type and product, as groups before any markup.
import { tacticsInMatrixOrder } from '../output/attack.js';
import type { Catalogue, DetectionEntry } from './catalogue.js';
import { dataSourcesTitle } from './catalogue.js';
import type { Linked } from './detection-page.js';
import { storyPath, techniqueLink } from './detection-page.js';
import { compareNames } from './names.js';

/** Detections that have one thing in common. */
export interface Group {
  /** Heading of the group; unique within its index. */
  readonly heading: string;
  /** What the heading stands for, elsewhere. */
  readonly more?: Linked;
  readonly note: string;
  readonly detections: readonly DetectionEntry[];
}

export interface Index {
  readonly title: string;
  /** Path of the page without its ending. */
  readonly path: string;
  readonly introduction: string;
  readonly groups: readonly Group[];
}

/** All five, in the order of the start page. */
export function indexesOf(catalogue: Catalogue): Index[] {
  const detections = [...catalogue.detections].sort((a, b) =>
    compareNames(a.detection.name, b.detection.name),
  );
  return [
    {
      title: dataSourcesTitle,
      path: 'indexes/data-sources',
      introduction: 'What has to be collected, and what it lets you detect.',
      groups: dataSourceGroups(catalogue, detections),
    },
    {
      title: 'Detections by analytic story',
      path: 'indexes/stories',
      introduction: 'Detections that belong to one threat.',
      groups: groupsBy(detections, (entry) => entry.stories.map((use) => use.name)).map((group) => {
        const story = catalogue.stories.find((entry) => entry.story.name === group.heading);
        return story ? { ...group, more: { text: 'About this story', to: storyPath(story) } } : group;
      }),
    },
    {
      title: 'Detections by technique',
      path: 'indexes/techniques',
      introduction: `Techniques of MITRE ATT&CK Enterprise, version ${catalogue.attack.version}.`,
      groups: techniqueGroups(detections),
    },
    {
      title: 'Detections by type',
      path: 'indexes/types',
      introduction: 'What a hit means: an alert, a hint for hunting, or a part of a risk score.',
      groups: groupsBy(detections, (entry) => [entry.detection.type]),
    },
    {
      title: 'Detections by product',
      path: 'indexes/products',
      introduction: 'Where a detection can run.',
      groups: groupsBy(detections, (entry) => entry.detection.tags.products),
    },
  ];
}

/** Groups in the order of their headings; detections stay in the order they are given in. */
function groupsBy(
  detections: readonly DetectionEntry[],
  keys: (entry: DetectionEntry) => readonly string[],
): Group[] {
  const groups = new Map<string, DetectionEntry[]>();
  for (const entry of detections)
    for (const key of new Set(keys(entry))) {
      const group = groups.get(key);
      if (group) group.push(entry);
      else groups.set(key, [entry]);
    }
  return [...groups]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([heading, entries]) => ({ heading, note: '', detections: entries }));
}

function dataSourceGroups(catalogue: Catalogue, detections: readonly DetectionEntry[]): Group[] {
  const sources = new Map(catalogue.dataSources.map((source) => [source.name, source]));
  return groupsBy(detections, (entry) => entry.dataSources.map((use) => use.name)).map((group) => {
    const source = sources.get(group.heading);
    if (!source) return { ...group, note: 'Not described in this repository.' };
    const add = source.supportedTA.map(({ name, version }) => (version ? `${name} ${version}` : name));
    const note = [
      source.sourcetype === '' ? '' : `Source type ${source.sourcetype}, source ${source.source}.`,
      add.length === 0 ? '' : `Read with ${add.join(', ')}.`,
    ];
    return { ...group, note: note.filter((part) => part !== '').join(' ') };
  });
}

function techniqueGroups(detections: readonly DetectionEntry[]): Group[] {
  const byId = new Map(detections.flatMap((entry) => entry.techniques).map((each) => [each.id, each]));
  return groupsBy(detections, (entry) => entry.techniques.map((each) => each.id)).map((group) => {
    const technique = byId.get(group.heading)!;
    const tactics = [...technique.tactics].sort(
      (a, b) => tacticsInMatrixOrder.indexOf(a) - tacticsInMatrixOrder.indexOf(b),
    );
    return {
      ...group,
      heading: technique.name === technique.id ? technique.id : `${technique.id} ${technique.name}`,
      note: tactics.length === 0 ? 'Unknown to this version of ATT&CK.' : tactics.join(', '),
      more: { ...techniqueLink(technique), text: 'About this technique' },
    };
  });
}
