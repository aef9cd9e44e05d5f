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
  /** Events of one transaction. */
  'transaction.maxevents': 1000,
  /** Transactions open at the same time. */
  'transaction.maxopentxn': 5000,
  /** Rows that transpose, xyseries and appendpipe may work on. */
  'chart.limit': 10,
});
