// Validation on one page: load the repository, run the rules, give back everything that is wrong.

import { ContentCache, type LoadedContent, loadRepository } from './content/load.js';
import type { ContentObject, Macro, Repository } from './content/model.js';
import {
  analyseByCommand,
  analyseContentSearch,
  checkMacro,
  followingEnvironment,
} from './content-search.js';
import type { Diagnostic } from './diagnostic/diagnostic.js';
import { searchesOf } from './rules/check-objects.js';
import { rules } from './rules/index.js';
import { rehearse } from './rules/rehearse.js';
import { ResultCache, type ResultStore } from './rules/result-cache.js';
import type { SearchAnalyser } from './rules/rule.js';
import { type CheckOptions, checkContent } from './rules/run.js';
import type { SearchEnvironment } from './syntax/analyse.js';

export interface ValidateOptions {
  /** Files of an earlier run; only those that changed are read again. */
  readonly cache?: ContentCache;
  /** What rules found earlier; default: kept with the files of `cache`. */
  readonly results?: ResultStore;
  /** Day against which dates are held; default: today in UTC. */
  readonly today?: string;
  /** Reads the searches; default: the whole language. */
  readonly analyse?: SearchAnalyser;
  /** What `analyse` reads the searches with, where it reads them command by command. */
  readonly environment?: (repository: Repository) => SearchEnvironment;
}
export interface Validation extends LoadedContent {
  /** Everything found, sorted, after settings and comments. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Searches are read command by command, and what was known of a command is not found again. */
const byCommand = { analyse: analyseByCommand, environment: followingEnvironment };

/** Results that belong to the files of a cache. */
const resultCaches = new WeakMap<ContentCache, ResultCache>();

/** Loads and checks the repository in a folder. */
export function validateRepository(root: string, options: ValidateOptions = {}): Validation {
  const cache = options.cache ?? new ContentCache();
  const loaded = loadRepository(root, cache);
  if (options.cache === undefined || options.results !== undefined) return checkLoaded(loaded, options);
  const results = resultCaches.get(cache) ?? new ResultCache();
  resultCaches.set(cache, results);
  return checkLoaded(loaded, { ...byCommand, ...options, results });
}

/** Checks a loaded repository. */
export function checkLoaded(loaded: LoadedContent, options: ValidateOptions): Validation {
  return { ...loaded, diagnostics: checkContent(loaded, checkOptions(options)) };
}

const prepared = new WeakSet<ContentObject>();
let isRehearsed = false;

/**
 * Gets ready what the answer to a later edit may need, in short steps. An edit of a macro can bring faults to every search
 * at once: their places take a second look at the files, and code that has run before is faster.
 */
export function* prepareEdits(loaded: LoadedContent, options: ValidateOptions = {}): Generator<unknown> {
  const { content } = loaded;
  for (const object of [...content.detections, ...content.baselines, ...content.investigations]) {
    if (prepared.has(object)) continue;
    prepared.add(object);
    for (const [path] of searchesOf(object)) object.at.span(path, { start: 0, end: 1 });
    yield object;
  }
  if (isRehearsed) return;
  isRehearsed = true;
  const active = rules.filter(({ severity }) => severity !== 'off');
  const withMacros = (macros: readonly Macro[]): typeof byCommand => {
    const other = { ...content, macros };
    return {
      analyse: (owner, path, text) => analyseByCommand(owner, path, text, other),
      environment: () => followingEnvironment(other),
    };
  };
  const changed = content.macros.map((macro) => ({ ...macro, definition: `${macro.definition} ` }));
  const readings = [byCommand, withMacros(changed), withMacros([])];
  yield* rehearse(loaded, active, checkOptions(options).today, readings);
}

/** How content is checked. */
export const checkOptions = ({ today, analyse, environment, results }: ValidateOptions): CheckOptions => ({
  rules,
  today: today ?? new Date().toISOString().slice(0, 10),
  analyse: analyse ?? analyseContentSearch,
  checkMacro,
  ...(environment === undefined ? {} : { environment }),
  ...(results === undefined ? {} : { cache: results }),
});
