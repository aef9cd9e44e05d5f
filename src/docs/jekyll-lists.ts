// The jekyll flavor's list pages: all detections and stories, tactics, data models, story categories, macros, lookups.
import type { Lookup, Macro } from '../content/model.js';
import { tacticsInMatrixOrder } from '../output/attack.js';
import type { OutputFile } from '../output/output-file.js';
import type { Catalogue, StoryEntry, UsedEntry } from './catalogue.js';
import { unique } from './catalogue.js';
import { codeSpan, inline, proseCell, yamlScalar } from './escape.js';
import { dataModels } from './frameworks.js';
import { detectionUrl, tagUrl, techniqueTags } from './jekyll.js';
import { slugOf } from './names.js';
import type { Render } from './templates.js';

/** A page of the navigation: a tag that Minimal Mistakes lists the posts of. */
interface TagPage {
  readonly title: string;
  readonly slug: string;
}

/** Everything below `_pages/` and `_data/`. */
export function listPages(catalogue: Catalogue, render: Render): OutputFile[] {
  const { repositoryUrl, branch } = catalogue.settings;
  const blob = `${repositoryUrl}/blob/${branch}`;
  const tactics = tagPages(catalogue.detections.flatMap((entry) => entry.tactics));
  const models = tagPages(catalogue.detections.flatMap(({ detection }) => dataModels(detection)));
  const products = tagPages(catalogue.detections.flatMap(({ detection }) => detection.tags.products));
  const categories = tagPages(catalogue.stories.flatMap(({ story }) => story.categories));
  const files: OutputFile[] = [];
  const taken = new Set(['detections', 'stories', 'macros', 'lookups', 'tag-archive']);
  const add = (name: string, template: string, view: object): void => {
    let free = name;
    if (taken.has(free)) free = `stories_${name}`;
    for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
    taken.add(free);
    files.push({ path: `_pages/${free}.md`, content: render(template, view) });
  };

  files.push({
    path: '_pages/detections.md',
    content: render('detections', { detections: detectionRows(catalogue) }),
  });
  files.push({
    path: '_pages/stories.md',
    content: render('stories', { stories: storyRows(catalogue.stories, (entry) => entry.slug) }),
  });
  files.push({ path: '_pages/macros.md', content: render('macros', macrosView(catalogue.macros, blob)) });
  files.push({ path: '_pages/lookups.md', content: render('lookups', lookupsView(catalogue.lookups, blob)) });
  files.push({ path: '_pages/tag-archive.md', content: render('tag-archive', {}) });
  for (const page of [...tactics, ...models])
    add(page.slug, 'tag', { title: yamlScalar(page.title), slug: page.slug });
  for (const page of categories)
    add(page.slug, 'category', {
      title: yamlScalar(page.title),
      slug: page.slug,
      stories: storyRows(
        catalogue.stories.filter(({ story }) => story.categories.includes(page.title)),
        (entry) => `/stories/${entry.slug}/`,
      ),
    });
  files.push({
    path: '_data/navigation.yml',
    content: render('navigation', {
      tactics: tactics.map(navigationItem),
      dataModels: models.map(navigationItem),
      categories: categories.map(navigationItem),
      products: products.map(({ title }) => ({ title: yamlScalar(title, 'double'), url: tagUrl(title) })),
    }),
  });
  return files;
}

function tagPages(titles: readonly string[]): TagPage[] {
  const bySlug = new Map<string, TagPage>();
  for (const title of unique(titles).sort()) {
    const slug = slugOf(title);
    if (!bySlug.has(slug)) bySlug.set(slug, { title, slug });
  }
  return [...bySlug.values()];
}

function navigationItem(page: TagPage): object {
  return { title: yamlScalar(page.title), slug: page.slug };
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function detectionRows(catalogue: Catalogue): object[] {
  return [...catalogue.detections]
    .sort((a, b) => byName(a.detection.name, b.detection.name))
    .map((entry) => ({
      link: `[${inline(entry.detection.name, 'jekyll')}](${detectionUrl(entry)})`,
      techniques: techniqueTags(entry.techniques),
      type: inline(entry.detection.type, 'jekyll'),
    }));
}

function storyRows(stories: readonly StoryEntry[], url: (entry: StoryEntry) => string): object[] {
  return [...stories]
    .sort((a, b) => byName(a.story.name, b.story.name))
    .map((entry) => {
      const techniques = unique(entry.detections.flatMap((detection) => detection.techniques));
      const tactics = unique(entry.detections.flatMap((detection) => detection.tactics)).sort(
        (a, b) => tacticsInMatrixOrder.indexOf(a) - tacticsInMatrixOrder.indexOf(b),
      );
      return {
        link: `[${inline(entry.story.name, 'jekyll')}](${url(entry)})`,
        techniques: techniqueTags(techniques),
        tactics: tactics.map((tactic) => `[${tactic}](${tagUrl(tactic)})`).join(', ') || 'None',
      };
    });
}

/** Links to the detections that use something; only their number where they are many. */
function usedBy<T>(entry: UsedEntry<T>): string {
  if (entry.usedBy.length > 25) return `${entry.usedBy.length} detections`;
  return (
    entry.usedBy.map((use) => `[${inline(use.detection.name, 'jekyll')}](${detectionUrl(use)})`).join(', ') ||
    'None'
  );
}

function macrosView(macros: readonly UsedEntry<Macro>[], blob: string): object {
  return {
    macros: macros.map((entry) => ({
      link: `[${inline(signature(entry.object), 'jekyll')}](${blob}/${encodeURI(entry.object.file)})`,
      definition: codeSpan(entry.object.definition, 'jekyll'),
      description: proseCell(entry.object.description, 'jekyll'),
      usedBy: usedBy(entry),
    })),
  };
}

/** `name(a, b)` for a macro with arguments. */
export function signature(macro: Macro): string {
  return macro.arguments.length === 0 ? macro.name : `${macro.name}(${macro.arguments.join(', ')})`;
}

function lookupsView(lookups: readonly UsedEntry<Lookup>[], blob: string): object {
  return {
    lookups: lookups.map((entry) => ({
      link: `[${inline(entry.object.name, 'jekyll')}](${blob}/${encodeURI(entry.object.file)})`,
      type: entry.object.lookupType,
      description: proseCell(entry.object.description, 'jekyll'),
      usedBy: usedBy(entry),
    })),
  };
}
