// The repository as pages see it: every object with its page name, and the links between objects in both directions.
import type { DataSource, Detection, Lookup, Macro, Repository, Story } from '../content/model.js';
import type { AttackFacts, Technique } from '../output/attack.js';
import { attackVersionOf, loadAttack, techniqueOf } from '../output/attack.js';
import { usesOf } from './searches.js';
import type { DocsSettings } from './settings.js';
import { readSettings } from './settings.js';

/** A detection with what it uses. */
export interface DetectionEntry {
  readonly detection: Detection;
  /** Page name: the detection's name in lower case, only letters, digits, `_` and `-`. */
  readonly slug: string;
  /** Last folder under detections/ (`endpoint`, `deprecated` …); `general` for a file that lies in none. */
  readonly category: string;
  readonly techniques: readonly Technique[];
  /** Every tactic of its techniques, each once, in the order of the matrix facts. */
  readonly tactics: readonly string[];
  /** In the order of first use; `macro` only when the repository defines it. */
  readonly macros: readonly { readonly name: string; readonly macro?: Macro }[];
  /** Name of the filter macro that ends the search, when there is one. */
  readonly filterMacro?: string;
  readonly lookups: readonly { readonly name: string; readonly lookup?: Lookup }[];
  /** The same with an entry for each use. */
  readonly lookupUses: DetectionEntry['lookups'];
  /** Names as written; `entry` only when the repository has the story. */
  readonly stories: readonly { readonly name: string; readonly entry?: StoryEntry }[];
  /** Single names, "A AND B" taken apart. */
  readonly dataSources: readonly { readonly name: string; readonly dataSource?: DataSource }[];
}

/** A story with its detections, which are in the order of their files. */
export interface StoryEntry {
  readonly story: Story;
  readonly slug: string;
  readonly detections: DetectionEntry[];
}

/** A macro or lookup with the detections whose searches use it, in the order of their files. */
export interface UsedEntry<T> {
  readonly object: T;
  readonly slug: string;
  readonly usedBy: readonly DetectionEntry[];
}

export interface Catalogue {
  readonly repository: Repository;
  readonly settings: DocsSettings;
  readonly attack: AttackFacts;
  readonly detections: readonly DetectionEntry[];
  readonly stories: readonly StoryEntry[];
  readonly macros: readonly UsedEntry<Macro>[];
  readonly lookups: readonly UsedEntry<Lookup>[];
  readonly dataSources: readonly UsedEntry<DataSource>[];
}

/** A name as the name of a page: lower case, blanks as `_`, everything else that is no letter, digit or `-` too. */
export function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9_-]/g, '_') || '_';
}

/** Puts the repository together for pages. */
export function catalogueOf(repository: Repository): Catalogue {
  const attack = loadAttack(attackVersionOf(repository));
  const macros = new Map(repository.macros.map((macro) => [macro.name, macro]));
  const lookups = lookupsByName(repository.lookups);
  const sources = new Map(repository.dataSources.map((source) => [source.name, source]));
  const slugs = new Set<string>();
  const stories = repository.stories.map((story): StoryEntry => {
    return { story, slug: uniqueSlug(slugOf(story.name), slugs), detections: [] };
  });
  const storiesByName = new Map(stories.map((entry) => [entry.story.name, entry]));
  const paths = new Set<string>();
  const detections = repository.detections.filter(isDocumented).map((detection): DetectionEntry => {
    const category = categoryOf(detection);
    const path = uniqueSlug(`${category}/${slugOf(detection.name)}`, paths);
    const uses = usesOf(detection.search);
    const techniques = unique(detection.tags.mitreAttackIds).map((id) => techniqueOf(attack, id));
    const filterMacro = uses.macros.findLast((name) => name.endsWith('_filter'));
    const entry: DetectionEntry = {
      detection,
      slug: path.slice(category.length + 1),
      category,
      techniques,
      tactics: unique(techniques.flatMap((technique) => technique.tactics)),
      macros: uses.macros
        .filter((name) => name !== filterMacro)
        .map((name) => withObject(name, 'macro', macros.get(name))),
      ...(filterMacro === undefined ? {} : { filterMacro }),
      lookups: uses.lookups.map((name) => withObject(name, 'lookup', lookups.get(name))),
      lookupUses: uses.lookupUses.map((name) => withObject(name, 'lookup', lookups.get(name))),
      stories: unique(detection.tags.analyticStories).map((name) =>
        withObject(name, 'entry', storiesByName.get(name)),
      ),
      dataSources: unique(detection.dataSources.flatMap((text) => text.split(/\s+AND\s+/))).map((name) =>
        withObject(name, 'dataSource', sources.get(name)),
      ),
    };
    for (const { entry: story } of entry.stories) story?.detections.push(entry);
    return entry;
  });
  return {
    repository,
    settings: readSettings(repository),
    attack,
    detections,
    stories,
    macros: usedEntries(repository.macros, detections, (entry) => [
      ...entry.macros.flatMap((use) => use.macro ?? []),
      ...(entry.filterMacro === undefined
        ? []
        : [macros.get(entry.filterMacro)].filter((m) => m !== undefined)),
    ]),
    lookups: usedEntries(repository.lookups, detections, (entry) =>
      entry.lookups.flatMap((use) => use.lookup ?? []),
    ),
    dataSources: usedEntries(repository.dataSources, detections, (entry) =>
      entry.dataSources.flatMap((use) => use.dataSource ?? []),
    ),
  };
}

/** Detections of another product, which the 2022 repository kept in files of this name, never had pages. */
function isDocumented(detection: Detection): boolean {
  return !(detection.dialect === '2022' && detection.stem.startsWith('ssa___'));
}

function categoryOf(detection: Detection): string {
  const folder = detection.folder.split('/').findLast((part) => part !== '') ?? '';
  return slugOf(folder === '' ? 'general' : folder);
}

/** A lookup is meant by its name or, as `inputlookup file.csv`, by its table file. */
function lookupsByName(lookups: readonly Lookup[]): Map<string, Lookup> {
  const byName = new Map<string, Lookup>();
  for (const lookup of lookups) {
    const file = lookup.filename?.split('/').at(-1);
    if (file !== undefined) byName.set(file, lookup);
  }
  for (const lookup of lookups) byName.set(lookup.name, lookup);
  return byName;
}

function withObject<K extends string, T>(name: string, key: K, object: T | undefined) {
  return (object === undefined ? { name } : { name, [key]: object }) as { name: string } & { [P in K]?: T };
}

function usedEntries<T extends { readonly name: string }>(
  objects: readonly T[],
  detections: readonly DetectionEntry[],
  used: (entry: DetectionEntry) => readonly T[],
): UsedEntry<T>[] {
  const uses = new Map<T, DetectionEntry[]>();
  for (const entry of detections)
    for (const object of new Set(used(entry))) {
      const list = uses.get(object);
      if (list) list.push(entry);
      else uses.set(object, [entry]);
    }
  const slugs = new Set<string>();
  return objects.map((object) => ({
    object,
    slug: uniqueSlug(slugOf(object.name), slugs),
    usedBy: uses.get(object) ?? [],
  }));
}

/** Two names may give one slug; the later ones get a number. */
function uniqueSlug(slug: string, taken: Set<string>): string {
  let free = slug;
  for (let n = 2; taken.has(free); n++) free = `${slug}-${n}`;
  taken.add(free);
  return free;
}

export function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
