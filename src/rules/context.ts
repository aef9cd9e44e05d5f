// What rules may ask about a loaded repository, looked up once for all of them.
import { lookupNames as namesOfLookups } from '../content/known-lookups.js';
import type { LoadedContent } from '../content/load.js';
import type { ContentObject, Repository } from '../content/model.js';
import { stemOf } from '../content/read-file.js';
import { isAbout } from '../diagnostic/about.js';
import { didYouMean, isSlip } from '../diagnostic/did-you-mean.js';
import { LookupColumns } from './lookup-columns.js';
import type { RuleContext } from './rule.js';
import { type SearchWords, searchWordsOf } from './search-words.js';
import { WordIndex } from './word-index.js';

/** All objects of a repository, kind by kind. */
export function allObjects(repository: Repository): ContentObject[] {
  return [
    ...repository.baselines,
    ...repository.dashboards,
    ...repository.dataSources,
    ...repository.deployments,
    ...repository.detections,
    ...repository.investigations,
    ...repository.lookups,
    ...repository.macros,
    ...repository.playbooks,
    ...repository.removed,
    ...repository.schedules,
    ...repository.stories,
  ];
}

/** The stem of the file that an object of a name belongs in. */
export function stemFor(name: string): string {
  return name.replaceAll(/[ \-./]/g, '_').toLowerCase();
}

/** Kinds whose files must be named after the object. */
const misnamed = new Set<ContentObject['kind']>(['story', 'dataSource', 'baseline', 'detection']);

/** Whether an object's file is named after it, by the object. */
const namedAfter = new WeakMap<ContentObject, boolean>();

function isNamedAfterIt(object: ContentObject): boolean {
  let isSo = namedAfter.get(object);
  if (isSo === undefined) {
    isSo = object.stem === stemFor(object.name);
    namedAfter.set(object, isSo);
  }
  return isSo;
}

/** Sources or source types of all data sources by their small letters, and which of them names are near that were asked for. */
interface Origins {
  readonly all: ReadonlyMap<string, string>;
  readonly near: Map<string, string | undefined>;
}
const originsOf = ({ dataSources }: Repository, kind: 'source' | 'sourcetype'): Origins => ({
  all: new Map(dataSources.map((source) => [source[kind].toLowerCase(), source[kind]])),
  near: new Map(),
});

/**
 * Makes the context of one run.
 *
 * @param index  words of earlier runs
 */
export function createContext(
  loaded: LoadedContent,
  today: string,
  index: WordIndex = new WordIndex(),
): RuleContext {
  const repository = loaded.content;
  const byName = new Map<string, Map<string, ContentObject>>();
  const objects = allObjects(repository);
  for (const object of objects) {
    const names = byName.get(object.kind) ?? new Map<string, ContentObject>();
    byName.set(object.kind, names);
    if (!names.has(object.name)) names.set(object.name, object);
  }
  const faulty = new Set(loaded.diagnostics.filter((d) => d.severity === 'error').map((d) => d.file));
  const misread = new Set(loaded.diagnostics.filter((d) => d.code === 'schema').map((d) => d.file));
  const ofDeployment = ['type', 'tags.type', 'tags.deployments'];
  const undeployed = new Set(
    loaded.diagnostics.filter((fault) => isAbout(fault, ofDeployment)).map((d) => d.file),
  );
  const origins: Partial<Record<'source' | 'sourcetype', Origins>> = {};
  const suggestions = new Map<string, string | undefined>();
  const unreadable = new Set(
    loaded.unreadable.map(({ file, kind }) => `${kind.of}/${stemOf(file).toLowerCase()}`),
  );
  for (const object of objects) {
    // A file that is not named after its object is reported as such; whoever looks for the name it should have finds it.
    if (misnamed.has(object.kind) && !isNamedAfterIt(object)) unreadable.add(`${object.kind}/${object.stem}`);
  }
  // Files are named after their objects with more or fewer underscores.
  const squeeze = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  let squeezed: ReadonlySet<string> | undefined;
  const squeezedNames = (): ReadonlySet<string> => {
    squeezed ??= new Set(
      [...unreadable].map((entry) => {
        const cut = entry.indexOf('/');
        return `${entry.slice(0, cut)}/${squeeze(entry.slice(cut))}`;
      }),
    );
    return squeezed;
  };
  /** Whether a file of a kind with errors names itself so, though under a key that cannot be read. */
  const isMentioned = (kind: ContentObject['kind'], name: string): boolean => {
    if (name === '') return false;
    const line = new RegExp(`^[\\w-]+: *["']?${name.replace(/[^\w\s]/g, '\\$&')}["']?\\s*$`, 'm');
    return loaded.unreadable.some(
      ({ file, kind: { of } }) => of === kind && line.test(loaded.documents.get(file)?.text ?? ''),
    );
  };
  const unreadableNames = new Map<string, boolean>();
  /** Whether a file that could not be read names a field: its words are not counted. */
  const isInUnreadable = (field: string): boolean =>
    loaded.unreadable.some(({ file }) => loaded.documents.get(file)?.text.includes(field) ?? false);
  const resolve = (file: string): string | undefined => loaded.tree.resolve(file);
  const searchWords = (): SearchWords => searchWordsOf(repository, index);
  let tables: LookupColumns | undefined;
  let lookups: ReadonlySet<string> | undefined;
  const lookupNames = (): ReadonlySet<string> => {
    lookups ??= namesOfLookups(repository, loaded.writtenLookups);
    return lookups;
  };
  return {
    repository,
    isFuture: (day) => day > today,
    otherFiles: loaded.otherFiles,
    isUnreadable: (kind, name) => {
      const key = `${kind}/${name}`;
      // All that call a macro ask for it when it is gone.
      let isSo = unreadableNames.get(key);
      if (isSo === undefined) {
        isSo = squeezedNames().has(`${kind}/${squeeze(name)}`) || isMentioned(kind, name);
        unreadableNames.set(key, isSo);
      }
      return isSo;
    },
    faultyFiles: [...faulty],
    unreadableNames: [...unreadable],
    unreadableFiles: loaded.unreadable.map(({ file }) => file),
    isFaulty: (file) => faulty.has(file),
    unreadableStems: (kind) =>
      [...unreadable]
        .filter((entry) => entry.startsWith(`${kind}/`))
        .map((entry) => entry.slice(kind.length + 1)),
    raw: (object) => {
      const value = loaded.documents.get(object.file)?.value;
      return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
    },
    text: (file) => loaded.documents.get(file)?.text ?? '',
    testFiles: loaded.testFiles,
    hasFile: (file) => resolve(file) !== undefined,
    readFile: (file) => loaded.tree.read(file),
    byName: <K extends ContentObject['kind']>(kind: K, name: string) =>
      byName.get(kind)?.get(name) as Extract<ContentObject, { kind: K }> | undefined,
    has: (kind, name) => byName.get(kind)?.has(name) ?? false,
    hasAny: (kind) => byName.has(kind),
    isDeployed: (by, what) =>
      repository.deployments.some(({ file, type, tags }) => {
        // Of a file with a fault in these nobody knows what it is for.
        if (undeployed.has(file)) return true;
        if (by === 'type') return type === what || isSlip(type ?? '', what);
        const named: unknown = Reflect.get(tags, 'deployments');
        return Array.isArray(named) && named.includes(what);
      }),
    nearOrigin: (kind, name) => {
      origins[kind] ??= originsOf(repository, kind);
      const { near, all } = origins[kind];
      if (near.has(name)) return near.get(name);
      // Of the same name in other letters Splunk's add-ons make the same.
      const isKnown = all.has(name.toLowerCase());
      const found = isKnown ? undefined : [...all.values()].find((one) => isSlip(name, one));
      near.set(name, found);
      return found;
    },
    names: (kind) => byName.get(kind)?.keys() ?? [],
    lookupNames,
    hasLookup: (name) => lookupNames().has(name),
    lookupColumns: (name) => {
      // What a faulty file says of its columns may be what is wrong with it.
      tables ??= new LookupColumns(
        repository.lookups.filter(({ file }) => !faulty.has(file) && !misread.has(file)),
        resolve,
      );
      return tables.of(name);
    },
    isNamedElsewhere: (field) => searchWords().has(field) || isInUnreadable(field),
    nearName: (field) => searchWords().near(field),
    isFamiliar: (field) => searchWords().isFamiliar(field),
    suggest: (kind, name) => {
      const key = `${kind}/${name}`;
      if (!suggestions.has(key)) suggestions.set(key, didYouMean(name, byName.get(kind)?.keys() ?? []));
      return suggestions.get(key);
    },
  };
}
