// What search-time knowledge takes from the rest of the compiler: regexes, expressions, search filters, lookups.

import type { LookupTable } from '../runtime/environment.js';
import type { FieldValue, Row } from '../runtime/value.js';
import type { SearchExpression } from '../syntax/tree.js';
import type { Sources } from './step.js';

/** A regular expression that finds fields. */
export interface FieldRegex {
  /** Named groups and their numbers, in order. */
  readonly names: readonly { readonly name: string; readonly index: number }[];
  /** The first match at or after `from`: the text of every group (0 is the whole) and where the match lies. */
  exec(text: string, from: number): FieldMatch | null;
}

export interface FieldMatch {
  /** Their texts by number. */
  readonly groups: { readonly [group: number]: string | undefined };
  readonly start: number;
  readonly end: number;
}

/** An eval expression made callable. */
export interface CompiledExpression {
  /** Fields it reads; `all` when it may read any. */
  readonly reads: ReadonlySet<string> | 'all';
  readonly evaluate: (row: Row) => FieldValue;
  /** What its values are parts of; null when they are computed. */
  readonly sources: Sources | null;
}

/** A search expression made callable. */
export interface CompiledFilter {
  readonly reads: ReadonlySet<string> | 'all';
  readonly test: (row: Row) => boolean;
}

/** A table that rows are found in. */
export interface FieldLookup {
  readonly columns: readonly string[];
  /**
   * Values of `outputs` for one event: per output the values of every matching row, in table order; null when no
   * row matches. `inputs` are the event's values, parallel to `columns`; `time` is the event's, for time-based lookups.
   */
  find(
    columns: readonly string[],
    inputs: readonly FieldValue[],
    outputs: readonly string[],
    time: number | null,
  ): FieldValue[] | null;
}

/** Every function throws an Error with a plain message for text that is not what it takes. */
export interface KnowledgeLanguage {
  /** `gaveUp` is told of every text that the regex was not run on to its end, because it backtracks too much. */
  regex(pattern: string, gaveUp?: () => void): FieldRegex;
  expression(text: string): CompiledExpression;
  parseFilter(text: string): SearchExpression;
  filter(tree: SearchExpression): CompiledFilter;
  lookup(table: LookupTable): FieldLookup;
}
