// The repository as pages see it: every object with its page name, and the links between objects in both directions.
import { dataSourceNames } from '../content/data-source-names.js';
import type { DataSource, Detection, Lookup, Macro, Repository, Story } from '../content/model.js';
import type { AttackFacts, Technique } from '../output/attack.js';
import { attackVersionOf, loadAttack, techniqueOf } from '../output/attack.js';
import { anchorGiver, compareNames, slugOf, uniqueSlug } from './names.js';
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
  /** Anchor of its heading on the page of its kind. */
  readonly anchor: string;
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
  readonly dataSources: readonly DataSource[];
  /** Anchor of each macro and lookup on the page of its kind. */
  readonly anchors: ReadonlyMap<Macro | Lookup, string>;
  /** Anchor of every data source that a detection names, in the order of their index. */
  readonly sourceAnchors: ReadonlyMap<string, string>;
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
  // A Jekyll post is known by its name alone, whatever its category is.
  const pages = new Set<string>();
  const detections = repository.detections.filter(isDocumented).map((detection): DetectionEntry => {
    const category = categoryOf(detection);
    const uses = usesOf(detection.search);
    const techniques = unique(detection.tags.mitreAttackIds).map((id) => techniqueOf(attack, id));
    const filterMacro = uses.macros.findLast((name) => name.endsWith('_filter'));
    const entry: DetectionEntry = {
      detection,
      slug: uniqueSlug(slugOf(detection.name), pages),
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
      dataSources: unique([...dataSourceNames(detection)].map(({ name }) => name)).map((name) =>
        withObject(name, 'dataSource', sources.get(name)),
      ),
    };
    for (const { entry: story } of entry.stories) story?.detections.push(entry);
    return entry;
  });
  const usedMacros = usedEntries('Macros', repository.macros, detections, (entry) => [
    ...entry.macros.flatMap((use) => use.macro ?? []),
    ...[macros.get(entry.filterMacro ?? '')].filter((macro) => macro !== undefined),
  ]);
  const usedLookups = usedEntries('Lookups', repository.lookups, detections, (entry) =>
    entry.lookups.flatMap((use) => use.lookup ?? []),
  );
  return {
    repository,
    settings: readSettings(repository),
    attack,
    detections,
    stories,
    macros: usedMacros,
    lookups: usedLookups,
    dataSources: repository.dataSources,
    anchors: new Map([...usedMacros, ...usedLookups].map(({ object, anchor }) => [object, anchor])),
    sourceAnchors: sourceAnchors(detections),
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

/** Title of the index of data sources. */
export const dataSourcesTitle = 'Detections by data source';

function sourceAnchors(detections: readonly DetectionEntry[]): Map<string, string> {
  const names = unique(detections.flatMap((entry) => entry.dataSources.map((use) => use.name)));
  const anchorFor = anchorGiver(dataSourcesTitle);
  return new Map(names.sort(compareNames).map((name) => [name, anchorFor(name)]));
}

function usedEntries<T extends { readonly name: string }>(
  title: string,
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
  const anchorFor = anchorGiver(title);
  return objects.map((object) => ({
    object,
    anchor: anchorFor(object.name),
    usedBy: uses.get(object) ?? [],
  }));
}

export function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
