// What stats, eventstats and joins do with groups of values.

import { load } from './compare.js';
import { valuesOf } from './multivalue.js';
import { ownText } from './own-text.js';
import { fillWildcards, wildcardParts } from './pattern.js';
import { keyOf } from './row.js';
import type { Aggregator } from './run.js';
import { compareValues } from './sort.js';
import type { FieldValue, Row } from './value.js';

/**
 * Every combination of the values of several fields, for rows that belong to more than one group. With `distinct` a
 * repeated value of one field counts once.
 */
export function combinations(fields: readonly FieldValue[], distinct = false): FieldValue[][] {
  let rows: FieldValue[][] = [[]];
  for (const field of fields) {
    const values = distinct
      ? [...new Map(valuesOf(field).map((value) => [keyOf(value), value])).values()]
      : valuesOf(field);
    rows = rows.flatMap((row) => values.map((value) => [...row, value]));
  }
  return rows;
}

type Group = { readonly key1?: FieldValue };

/** Order of groups by their keys, first key first. */
export function compareGroups(keys: number): (a: Group, b: Group) => number {
  const names = Array.from({ length: keys }, (_, i) => `key${i + 1}` as 'key1');
  return (a, b) => {
    for (const name of names) {
      const order = compareValues(a[name], b[name]);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** Adds the values of every field that a pattern matches to that field's own state. */
export function addMatching(
  aggregator: Aggregator,
  states: Map<string, unknown>,
  row: Row,
  pattern: string,
  except: readonly string[],
  time: number | null,
): void {
  for (const name of Object.keys(row)) {
    if (except.includes(name) || (name.startsWith('_') && !pattern.startsWith('_'))) continue;
    if (pattern !== '*' && wildcardParts(pattern, name) === null) continue;
    const value = load(row[name]);
    if (value === null) continue;
    const state = states.has(name) ? states.get(name) : aggregator.start();
    states.set(name, aggregator.add(state, value, time));
  }
}

/** Writes the results of `addMatching` into a row, each under the name that its field's name gives. */
export function finishMatching(
  aggregator: Aggregator,
  states: ReadonlyMap<string, unknown>,
  row: Row,
  pattern: string,
  as: string,
  scope: unknown,
): void {
  for (const [name, state] of states) {
    const value = aggregator.finish(state, scope);
    if (value !== null) row[fillWildcards(as, wildcardParts(pattern, name) ?? [])] = value;
  }
}

/** A function that computes its result once per argument. */
export function memoized<A extends object, R>(compute: (argument: A) => R): (argument: A) => R {
  const results = new Map<A, R>();
  return (argument) => {
    let known = results.get(argument);
    if (known === undefined) {
      known = compute(argument);
      results.set(argument, known);
    }
    return known;
  };
}

/** What a map holds under a key, made when there is nothing yet. */
export function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set((typeof key === 'string' ? ownText(key) : key) as K, found);
  }
  return found;
}

const makeSet = (): Set<string> => new Set();

/** The set that a map holds under a key. */
export function setWithin(sets: Map<string, Set<string>>, key: string): Set<string> {
  return within(sets, key, makeSet);
}
