// The record that describes one statistical function of stats and its relatives.
import type { Sliding } from '../runtime/run.js';
import type { FieldValue } from '../runtime/value.js';

export interface AggregateExample {
  readonly title?: string;
  /** Such as `dc(user)`. */
  readonly aggregation: string;
  readonly input: readonly Readonly<Record<string, FieldValue>>[];
  readonly result: FieldValue;
  /** Seconds of the time bucket, for the per_* functions. */
  readonly span?: number;
}

/** What finish may know of the group beside its state. */
export interface GroupScope {
  /** Seconds of the time bucket (timechart), for the per_* functions. */
  readonly span?: number;
  /** Time range of the search in epoch seconds, for sparklines and, without buckets, the per_* functions. */
  readonly earliest?: number;
  readonly latest?: number;
  /** Calls `list` and `values` end at this many values; 0 is without end. Defaults: list 100, values without end. */
  readonly listLimit?: number;
  readonly valuesLimit?: number;
}

/** `S` is the running state of one group. */
export interface AggregateDefinition<S = unknown> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** Page of the Search Reference. */
  readonly source: string;
  readonly usage: string;
  /** count takes a field or none, the others need one. */
  readonly argument: 'none' | 'optional' | 'required';
  /** perc95: the number in the name. */
  readonly parameter?: { readonly min: number; readonly max: number; readonly default?: number };
  /** `number` when only numeric values count; such a function over text alone gives no value. */
  readonly values: 'number' | 'any';
  readonly start: (parameter: number | undefined) => S;
  /**
   * Adds one event's value and returns the state (which may be the same object, or a new number).
   * Called once per event that has the field, with the whole multivalue; per event without argument (value `null`).
   * `false`, the outcome of an eval expression that does not hold, is no value. `time` is the event's `_time`.
   */
  readonly add: (state: S, value: FieldValue, time: number | null) => S;
  /** Adds what another group has seen; only where the order of values is no matter. */
  readonly merge?: (state: S, other: S) => S;
  /** The same for a window that moves; without it the window is added up anew for every row. */
  readonly sliding?: () => Sliding;
  /** The result so far; leaves the state as it is, so that streamstats may go on adding. */
  readonly finish: (state: S, scope?: GroupScope) => FieldValue;
  readonly differences?: readonly string[];
  readonly examples: readonly AggregateExample[];
}

/** Types an aggregate record. */
export function defineAggregate<S>(definition: AggregateDefinition<S>): AggregateDefinition<S> {
  return definition;
}
