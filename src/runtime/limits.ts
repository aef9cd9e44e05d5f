// Splunk's limits on rows, under the names of limits.conf, with its defaults.

/** Defaults of limits.conf. A caller overrides them by name through `limits` of the environment. */
export const defaultLimits: Readonly<Record<string, number>> = Object.freeze({
  /** Rows of a subsearch inside a search expression. */
  'subsearch.maxout': 10_000,
  /** Rows of the subsearch of join. */
  'join.subsearch_maxout': 50_000,
  /** Rows of the subsearch of append, appendcols, union. */
  'append.maxout': 50_000,
  /** Rows that sort keeps when the search does not say. */
  'sort.limit': 10_000,
  /** Values that list() keeps. */
  'stats.list_maxsize': 100,
  /** Values that values() keeps; 0 is without end. */
  'stats.maxvalues': 0,
  /** Searches that map runs. */
  'map.maxsearches': 10,
  /** Rows that mvexpand makes of one row; 0 is without end. */
  'mvexpand.limit': 0,
  /** Characters of the input that spath without a path reads (Search Reference, spath, Overriding the spath extraction character limit). */
  'spath.extraction_cutoff': 5000,
  /** Events of one transaction. */
  'transaction.maxevents': 1000,
  /** Transactions open at the same time. */
  'transaction.maxopentxn': 5000,
  /** Rows that transpose, xyseries and appendpipe may work on. */
  'chart.limit': 10,
});

/** What cutting rows needs of a run. */
export interface LimitedRun {
  readonly limit: (name: string) => number;
  readonly warn: (message: string) => void;
}

/** Cuts rows to a limit in place, and tells that it did. */
export function limitRows(run: LimitedRun, rows: unknown[], name: string): void {
  const limit = run.limit(name);
  if (limit <= 0 || rows.length <= limit) return;
  run.warn(`${name}: only ${limit} of ${rows.length} rows were kept`);
  rows.length = limit;
}

/** Whether as many rows as a limit allows have been taken; tells that rows were cut. */
export function beyondLimit(run: LimitedRun, name: string, taken: number): boolean {
  const limit = run.limit(name);
  if (limit <= 0 || taken < limit) return false;
  run.warn(`${name}: only the first ${limit} rows were used`);
  return true;
}
