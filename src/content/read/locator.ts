// Answers where the values of the model stand in a file, whatever dialect the file is in.
import type { Place, Span } from '../../diagnostic/diagnostic.js';
import type { Locator, Path } from '../model.js';
import type { YamlDocument } from '../yaml/document.js';

/** Keys of the model that are not simply the file's key in camel case. */
const keys = new Map([
  ['dataSources', ['data_source']],
  ['dataModels', ['datamodel']],
  ['drilldowns', ['drilldown_searches']],
  ['creationDate', ['creation_date', 'date']],
  ['modificationDate', ['modification_date', 'date']],
  ['analyticStories', ['analytic_story']],
  ['mitreAttackIds', ['mitre_attack_id']],
  ['products', ['product']],
  ['categories', ['category']],
  ['cves', ['cve']],
  ['atomicGuids', ['atomic_guid']],
  ['groups', ['group', 'threat_group']],
  ['datasets', ['dataset']],
  ['observables', ['observable']],
  ['roles', ['role']],
  ['deprecation', ['deprecation_info']],
  ['intermediateFindings', ['intermediate_findings']],
  ['earliest', ['earliest_time', 'earliest']],
  ['latest', ['latest_time', 'latest']],
  ['expectation', ['expect']],
  ['supportedTA', ['supported_TA']],
  ['isEval', ['iseval']],
  ['fields', ['fields', 'fields_list']],
]);

/** The part of a file an object is read from, and where the dialect puts what. */
export class ModelLocator implements Locator {
  readonly #document: YamlDocument;
  /** Paths of the file by the JSON text of a path of the model: parts that older dialects compute from others. */
  readonly #aliases: ReadonlyMap<string, Path>;
  /** Paths of the file by the JSON text of those that were asked for. */
  #found: Map<string, Path> | undefined;

  constructor(document: YamlDocument, aliases: ReadonlyMap<string, Path> = new Map()) {
    this.#document = document;
    this.#aliases = aliases;
  }

  value(path: Path): Place {
    return this.#document.valuePlace(this.#find(path));
  }
  key(path: Path): Place {
    return this.#document.keyPlace(this.#find(path));
  }
  span(path: Path, span: Span): Place {
    return this.#document.spanPlace(this.#find(path), span);
  }

  /**
   * The path in the file that answers for a path of the model: the first candidate that is there in full; where the value
   * is missing, the one that leads deepest.
   */
  #find(path: Path): Path {
    const key = JSON.stringify(path);
    let found = this.#found?.get(key);
    if (found === undefined) {
      found = this.#look(path);
      this.#found ??= new Map();
      this.#found.set(key, found);
    }
    return found;
  }

  #look(path: Path): Path {
    let best: Path = [];
    let deepest = -1;
    for (const candidate of this.#candidates(path)) {
      const depth = this.#document.depth(candidate);
      if (depth === candidate.length) return candidate;
      if (depth > deepest) {
        best = candidate;
        deepest = depth;
      }
    }
    for (const candidate of otherHomes(path)) {
      if (this.#document.depth(candidate) === candidate.length) return candidate;
    }
    return best;
  }

  *#candidates(path: Path): Iterable<Path> {
    for (let length = path.length; length > 0; length--) {
      const alias = this.#aliases.get(JSON.stringify(path.slice(0, length)));
      if (alias !== undefined) yield* expand(path.slice(length), [...alias]);
    }
    if (path[0] === 'risk') {
      for (const home of ['rba', 'tags']) yield* expand(path.slice(1), [home]);
      yield* expand(path.slice(1), []);
      return;
    }
    if (path[0] === 'intermediateFindings' && path.length > 1) {
      yield* expand(path.slice(1), ['intermediate_findings', 'entities']);
      return;
    }
    yield* expand(path, []);
    if (path[0] === 'tags') yield* expand(path.slice(1), []);
  }
}

/** Blocks in which some dialects keep what the model has at its top. */
function* otherHomes(path: Path): Iterable<Path> {
  if (path[0] === 'tags' || path[0] === 'risk') return;
  for (const home of ['tags', 'scheduling']) yield* expand(path, [home]);
}

function* expand(path: Path, written: (string | number)[]): Iterable<Path> {
  const [head, ...rest] = path;
  if (head === undefined) {
    yield written;
    return;
  }
  for (const key of typeof head === 'number' ? [head] : (keys.get(head) ?? [snakeCase(head), head])) {
    yield* expand(rest, [...written, key]);
  }
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
