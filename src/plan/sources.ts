// Rows that come from elsewhere: generated ones, lookup tables, and appending to what is there.
import type { SearchExpression } from '../syntax/tree.js';
import type { Operator, PlanContext } from './operator.js';

/** With `append` the made rows stand behind those of the input, otherwise in their place. */
export function appended(input: Operator, made: Operator, append: boolean | undefined): Operator {
  return append ? { op: 'union', inputs: [input, made] } : made;
}

/** The rows of a lookup table, or of these the ones that meet a condition. */
export function lookupRows(
  table: string,
  options: { readonly start?: number; readonly max?: number; readonly strict?: boolean },
  where: SearchExpression | undefined,
  context: PlanContext,
): Operator {
  const rows: Operator = {
    op: 'apply',
    kind: 'generate',
    function: 'inputlookup',
    arguments: {
      table,
      ...(options.start === undefined ? {} : { start: options.start }),
      ...(options.max === undefined ? {} : { max: options.max }),
      ...(options.strict === undefined ? {} : { strict: options.strict }),
    },
  };
  if (where === undefined) return rows;
  return {
    op: 'filter',
    input: rows,
    predicate: { kind: 'search', expression: where, subsearches: context.subsearches(where) },
  };
}

/** The rows of a subsearch, up to the limit on appended rows. */
export function appendedSearch(search: Operator, maxOut: number | undefined): Operator {
  return maxOut === undefined
    ? { op: 'limit', input: search, count: 50_000, from: 'start', limitName: 'append.maxout' }
    : { op: 'limit', input: search, count: maxOut, from: 'start' };
}

/** The events of several searches together, newest first, as those of one search come (Search Reference, union). */
export function interleaved(inputs: readonly Operator[]): Operator {
  return {
    op: 'sort',
    input: { op: 'union', inputs },
    keys: [{ field: '_time', descending: true, type: 'num' }],
    limit: 0,
  };
}
