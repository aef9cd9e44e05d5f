// Which answers about the whole repository are the same as for the last build, told from the files that are not.
import type { ContentObject } from '../content/model.js';
import type { Entry } from './entries.js';
import type { Category } from './stored-results.js';

type Known = Pick<Entry, 'digests' | 'stored'>;

/** The differences between the content files of a build and those of the last one. */
export class Differences {
  /** Whether more differs than what single objects say: then nothing is told. */
  isWide = false;
  /** Tells the searches that differ, '' when none does. */
  searches = '';
  readonly #kinds = new Set<ContentObject['kind']>();

  /** Adds a file that is not the same; `before` is undefined for a new one. */
  add(before: Known | undefined, now: Known): void {
    const names = (known: Known | undefined) =>
      JSON.stringify([
        ...['kind', 'name', 'stem', 'file'].map((name) => known?.stored.object?.[name]),
        known?.stored.writes,
      ]);
    const isPlain = ({ stored }: Known) =>
      stored.object !== undefined && !stored.diagnostics.some(({ severity }) => severity === 'error');
    if (before === undefined || !isPlain(before) || !isPlain(now) || names(before) !== names(now)) {
      this.isWide = true;
      return;
    }
    if (before.digests[0] !== now.digests[0])
      this.#kinds.add(now.stored.object?.['kind'] as ContentObject['kind']);
    if (before.digests[1] !== now.digests[1]) this.searches += ` ${now.digests[1]}`;
  }

  /** Whether the answers of a category are surely the same. */
  leaves(category: Category, keptKinds: ReadonlySet<string>): boolean {
    if (this.isWide) return false;
    switch (category) {
      case 'kept':
        return ![...this.#kinds].some((kind) => keptKinds.has(kind));
      case 'macroSources':
        return !this.#kinds.has('macro');
      case 'searchSources':
      case 'words':
        return this.searches === '';
      case 'everyName':
        return true;
      case 'lookups':
      case 'faults':
        // What these depend on besides is not told here, and they are soon worked out.
        return false;
    }
  }
}
