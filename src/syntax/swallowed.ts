// Names of commands that a "by" clause takes for fields where the pipe before them is forgotten.

/** Commands that often come after a `by` clause, and whose names are seldom those of fields. */
export const swallowedByClause: ReadonlySet<string> = new Set([
  ...['where', 'eval', 'stats', 'eventstats', 'streamstats', 'table'],
  ...['fields', 'rename', 'sort', 'dedup', 'lookup', 'rex'],
]);
