// The record that describes one statistical function of stats and its relatives.
import type { FieldValue } from '../runtime/value.js';

export interface AggregateExample {
  readonly title?: string;
  /** Such as `dc(user)`. */
  readonly aggregation: string;
  readonly input: readonly Readonly<Record<string, FieldValue>>[];
  readonly result: FieldValue;
}

/** `S` is the running state of one group. */
export interface AggregateDefinition<S = unknown> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly source: string;
  readonly usage: string;
  /** count takes a field or none, the others need one. */
  readonly argument: 'none' | 'optional' | 'required';
  /** perc95: the number in the name. */
  readonly parameter?: { readonly min: number; readonly max: number; readonly default?: number };
  readonly start: (parameter: number | undefined) => S;
  /**
   * Adds one event's value and returns the state (which may be the same object, or a new number).
   * Called once per event that has the field, with the whole multivalue; per event without argument.
   */
  readonly add: (state: S, value: FieldValue, time: number | null) => S;
  readonly finish: (state: S) => FieldValue;
  /** Joins two states, `later` from events after those of `state`; for streamstats windows and parallel runs. */
  readonly differences?: readonly string[];
  readonly examples: readonly AggregateExample[];
}

/** Types an aggregate record. */
export function defineAggregate<S>(definition: AggregateDefinition<S>): AggregateDefinition<S> {
  return definition;
}
