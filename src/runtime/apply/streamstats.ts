// streamstats: statistics over the rows so far, or over a window of them.
import { within } from '../group.js';
import { spareMemory } from '../memory.js';
import { fillWildcards, wildcardParts } from '../pattern.js';
import { compositeKey, copyRow, fieldNames, read } from '../row.js';
import type { Aggregator, Run, Sliding } from '../run.js';
import { timeOf } from '../time-range.js';
import type { FieldValue, Row } from '../value.js';
import { argumentsAs, expressionHook, type Hooks, type RowFunction, type ValuesFunction } from './apply.js';

interface Plan {
  readonly function: string;
  readonly parameter?: number;
  readonly field?: string;
  /** Name of the hook that computes the argument. */
  readonly hook?: string;
  readonly as: string;
}
interface Arguments {
  readonly aggregations: readonly Plan[];
  readonly by: readonly string[];
  readonly current: boolean;
  readonly window: number;
  readonly global: boolean;
  readonly timeWindow?: number;
  readonly resetOnChange: boolean;
}

/** What one row adds to one aggregate: a value per output field. */
type Additions = readonly (readonly [as: string, plan: number, value: FieldValue])[];

interface Entry {
  readonly key: string;
  readonly time: number | null;
  readonly additions: Additions;
}

class States {
  private readonly states = new Map<string, { readonly aggregator: Aggregator; state: unknown }>();
  private readonly aggregators: readonly Aggregator[];
  constructor(aggregators: readonly Aggregator[]) {
    this.aggregators = aggregators;
  }
  add(entry: Entry): void {
    for (const [as, plan, value] of entry.additions) {
      let known = this.states.get(as);
      if (known === undefined) {
        const aggregator = this.aggregators[plan] as Aggregator;
        known = { aggregator, state: aggregator.start() };
        this.states.set(as, known);
      }
      known.state = known.aggregator.add(known.state, value, entry.time);
    }
  }
  finish(row: Row, run: Run, plans: readonly Plan[]): void {
    for (const [as, { aggregator, state }] of this.states) {
      const value = aggregator.finish(state, run);
      if (value !== null) row[as] = value;
    }
    // A count of no rows is zero; other aggregates of none have no value.
    plans.forEach((plan, index) => {
      if (this.states.has(plan.as) || plan.as.includes('*')) return;
      const aggregator = this.aggregators[index] as Aggregator;
      const value =
        plan.function === 'count' || plan.function === 'dc'
          ? aggregator.finish(aggregator.start(), run)
          : null;
      if (value !== null) row[plan.as] = value;
      else delete row[plan.as];
    });
  }
}

/** Search Reference, streamstats. */
export const streamStats: RowFunction = (run, args, hooks) => {
  const options = argumentsAs<Arguments>(args);
  const plans = options.aggregations;
  const aggregators = plans.map((plan) => run.aggregate(plan));
  const resetBefore = expressionHook(hooks, 'resetBefore');
  const resetAfter = expressionHook(hooks, 'resetAfter');
  let groups = new Map<string, States>();
  let window: Entry[] = [];
  let lastKey: string | undefined;
  const windowed = options.window > 0 || options.timeWindow !== undefined;
  const reset = (): void => {
    groups = new Map();
    window = [];
  };
  const entryOf = makeEntry(plans, options.by, hooks);
  let taken = 0;
  return (row) => {
    spareMemory('"streamstats"', ++taken);
    const values = options.by.map((name) => read(row, name));
    if (values.includes(null)) return;
    const key = compositeKey(values);
    if (options.resetOnChange && lastKey !== undefined && key !== lastKey) reset();
    lastKey = key;
    if (resetBefore?.(row) === true) reset();
    const entry = entryOf(row, key);
    if (windowed) {
      const states = windowStates(entry);
      states.finish(row, run, plans);
    } else {
      let states = groups.get(key);
      if (states === undefined) {
        states = new States(aggregators);
        groups.set(key, states);
      }
      if (options.current) states.add(entry);
      states.finish(row, run, plans);
      if (!options.current) states.add(entry);
    }
    if (resetAfter?.(row) === true) reset();
  };

  function windowStates(entry: Entry): States {
    const states = new States(aggregators);
    window.push(entry);
    const isMember = (other: Entry): boolean => options.global || other.key === entry.key;
    let members = window.filter(isMember);
    if (options.timeWindow !== undefined) {
      const span = options.timeWindow;
      members = members.filter(
        (other) => other.time !== null && entry.time !== null && Math.abs(entry.time - other.time) < span,
      );
      window = window.filter((other) => !isMember(other) || members.includes(other));
    }
    const size = options.window > 0 ? options.window + (options.current ? 0 : 1) : Number.POSITIVE_INFINITY;
    if (members.length > size) {
      const dropped = new Set(members.slice(0, members.length - size));
      members = members.slice(members.length - size);
      window = window.filter((other) => !dropped.has(other));
    }
    for (const other of members) {
      if (other.key !== entry.key || (!options.current && other === entry)) continue;
      states.add(other);
    }
    return states;
  }
};

function makeEntry(
  plans: readonly Plan[],
  by: readonly string[],
  hooks: Hooks | undefined,
): (row: Row, key: string) => Entry {
  const compiled = plans.map((plan) =>
    plan.hook === undefined ? undefined : expressionHook(hooks, plan.hook),
  );
  return (row, key) => {
    const additions = plans.flatMap((plan, index): Additions => {
      const hook = compiled[index];
      if (hook !== undefined) return present(plan.as, index, hook(copyRow(row)));
      if (plan.field === undefined) return [[plan.as, index, null]];
      if (!plan.field.includes('*')) return present(plan.as, index, read(row, plan.field));
      return fieldNames(row).flatMap((name) => {
        const parts = wildcardParts(plan.field ?? '*', name);
        if (parts === null || by.includes(name) || (name.startsWith('_') && !plan.field?.startsWith('_')))
          return [];
        return present(fillWildcards(plan.as, parts), index, read(row, name));
      });
    });
    return { key, time: timeOf(read(row, '_time')), additions };
  };
}

function present(as: string, plan: number, value: FieldValue): Additions {
  return value === null ? [] : [[as, plan, value]];
}

/** The rows that a window still holds, each with what it adds. */
interface Held {
  readonly key: string;
  readonly time: number | null;
  readonly values: readonly FieldValue[];
}

/** What one aggregate has of the rows of a window; without a state it is added up anew. */
interface Slide {
  state: Sliding | undefined;
  /** Rows that have given it a value. */
  rows: number;
}

/**
 * streamstats where nothing but values of fields that are named is looked at. Values come in the order `_time`, fields
 * of `by`, fields of the aggregates (null for a count of rows), and what the outputs held before; outputs go back.
 */
export const streamStatsValues: ValuesFunction = (run, args) => {
  const {
    aggregations: plans,
    by,
    current,
    window: size,
    global,
    resetOnChange,
  } = argumentsAs<Arguments>(args);
  const aggregators = plans.map((plan) => run.aggregate(plan));
  const first = 1 + by.length;
  const before = first + plans.length;
  const groups = new Map<string, unknown[]>();
  const windows = new Map<string, Held[]>();
  const slidesOf = new Map<string, Slide[]>();
  let lastKey: string | undefined;

  const sliding = aggregators.map((aggregator) => aggregator.sliding);
  const start = (): unknown[] => plans.map(() => undefined);
  const add = (states: unknown[], row: Held): void => {
    for (let index = 0; index < plans.length; index++) {
      if (size > 0 && sliding[index] !== undefined) continue;
      const countsRows = plans[index]?.field === undefined;
      const value = countsRows ? null : (row.values[index] ?? null);
      if (value === null && !countsRows) continue;
      const aggregator = aggregators[index] as Aggregator;
      states[index] = aggregator.add(states[index] ?? aggregator.start(), value, row.time);
    }
  };
  const finish = (states: readonly unknown[], given: readonly FieldValue[]): FieldValue[] =>
    plans.map((plan, index) => {
      const aggregator = aggregators[index] as Aggregator;
      if (states[index] !== undefined)
        return aggregator.finish(states[index], run) ?? given[before + index] ?? null;
      // A count of no rows is zero; other aggregates of none have no value.
      return plan.function === 'count' || plan.function === 'dc'
        ? aggregator.finish(aggregator.start(), run)
        : null;
    });
  const recomputed = sliding.some((make) => make === undefined);
  const taken = (row: Held, index: number): FieldValue | undefined =>
    plans[index]?.field === undefined ? null : (row.values[index] ?? undefined);
  /** The results of the window that ends with a row. */
  const windowed = (row: Held, given: readonly FieldValue[]): FieldValue[] => {
    const list = within(windows, global ? '' : row.key, () => []);
    const isOther = (other: Held): boolean => other.key === row.key && other !== row;
    list.push(row);
    const dropped = list.length > size + (current ? 0 : 1) ? list.shift() : undefined;
    const slides = (key: string): Slide[] =>
      within(slidesOf, key, () => sliding.map((make) => ({ state: make?.(), rows: 0 })));
    const enter = (slide: Slide, other: Held, index: number): void => {
      const value = taken(other, index);
      if (value === undefined || slide.state === undefined) return;
      slide.state.add(value);
      slide.rows++;
    };
    if (dropped !== undefined) {
      for (const [index, slide] of slides(dropped.key).entries()) {
        const value = taken(dropped, index);
        if (value === undefined || slide.state === undefined) continue;
        slide.rows--;
        if (slide.state.remove(value)) continue;
        slide.state = sliding[index]?.();
        slide.rows = 0;
        for (const other of list) if (other.key === dropped.key && other !== row) enter(slide, other, index);
      }
      if (slides(dropped.key).every(({ rows }) => rows === 0)) slidesOf.delete(dropped.key);
    }
    const own = slides(row.key);
    const enterAll = (): void => own.forEach((slide, index) => void enter(slide, row, index));
    if (current) enterAll();
    const states = start();
    if (recomputed)
      for (const other of list) if (isOther(other) || (current && other === row)) add(states, other);
    const values = finish(states, given);
    own.forEach(({ state, rows }, index) => {
      if (state !== undefined && rows > 0) values[index] = state.finish() ?? given[before + index] ?? null;
    });
    if (!current) enterAll();
    return values;
  };

  let rowsTaken = 0;
  return (...given) => {
    spareMemory('"streamstats"', ++rowsTaken);
    const keys = given.slice(1, first);
    const result = (): FieldValue[] => {
      if (keys.includes(null)) return given.slice(before);
      const key = compositeKey(keys);
      if (resetOnChange && lastKey !== undefined && key !== lastKey) {
        groups.clear();
        windows.clear();
        slidesOf.clear();
      }
      lastKey = key;
      const row: Held = { key, time: timeOf(given[0] ?? null), values: given.slice(first, before) };
      if (size > 0) return windowed(row, given);
      const states = within(groups, key, start);
      if (current) add(states, row);
      const values = finish(states, given);
      if (!current) add(states, row);
      return values;
    };
    const values = result();
    return plans.length === 1 ? (values[0] ?? null) : values;
  };
};
