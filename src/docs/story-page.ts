// What a page about a story says in its facts, before any markup.
import type { Catalogue, StoryEntry } from './catalogue.js';
import { unique } from './catalogue.js';
import type { Fact } from './detection-page.js';
import { dataModelLink, sourceLink, techniqueLink } from './detection-page.js';
import { dataModels } from './frameworks.js';

/** Facts of a story with those that follow from its detections; empty ones are left out. */
export function storyFacts(entry: StoryEntry, catalogue: Catalogue): Fact[] {
  const { story, detections } = entry;
  const one = (label: string, text: string | number | undefined): Fact => ({
    label,
    values: text === undefined || text === '' ? [] : [{ text: String(text) }],
  });
  const texts = (list: readonly string[]) => list.map((text) => ({ text }));
  return [
    { label: 'Categories', values: texts(story.categories) },
    one('Use case', story.usecase),
    one('Version', story.version),
    one('Updated', story.modificationDate),
    one('Author', story.author),
    one('ID', story.id),
    { label: 'Products', values: texts(story.products) },
    {
      label: 'Data models',
      values: unique(detections.flatMap(({ detection }) => dataModels(detection)))
        .sort()
        .map(dataModelLink),
    },
    {
      label: 'Data sources',
      values: texts(
        unique(detections.flatMap(({ dataSources }) => dataSources.map((use) => use.name))).sort(),
      ),
    },
    {
      label: 'Techniques',
      values: unique(detections.flatMap((detection) => detection.techniques)).map((technique) => ({
        ...techniqueLink(technique),
        text: technique.name === technique.id ? technique.id : `${technique.id} ${technique.name}`,
      })),
    },
    {
      label: 'Source',
      values: [sourceLink(story.file, catalogue.settings)],
    },
  ].filter((fact) => fact.values.length > 0);
}
