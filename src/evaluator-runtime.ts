// Everything that a generated search calls, in one module: bundled beside emitted evaluators, and used in process.
import type { AggregateDefinition } from './aggregates/aggregate.js';
import { aggregates } from './aggregates/index.js';
import { sparkline, sparklineOf } from './aggregates/sparkline.js';
import type { ArgumentShape, EvalContext, Evaluate, FunctionDefinition } from './functions/function.js';
import { functions } from './functions/index.js';
import type { Environment } from './runtime/environment.js';
import { lookupFunction } from './runtime/lookup.js';
import { textOf } from './runtime/multivalue.js';
import { toNumber } from './runtime/number.js';
import { compileRegex, type Regex } from './runtime/regex.js';
import { type Aggregator, beginRun, type Run } from './runtime/run.js';
import type { FieldValue } from './runtime/value.js';

export type { Token } from './runtime/apply/apply.js';
export {
  foldFunction,
  generateFunction,
  listOfValues,
  oneValue,
  rowFunction,
  rowsFunction,
  valuesFunction,
} from './runtime/apply/index.js';
export {
  add,
  concatenate,
  divide,
  equal,
  equalText,
  greater,
  greaterEqual,
  isFalse,
  isTrue,
  less,
  lessEqual,
  load,
  modulo,
  multiply,
  negate,
  outcome,
  subtract,
  unequal,
} from './runtime/compare.js';
export type { Environment, EventStore, LookupTable, ScanRequest } from './runtime/environment.js';
export {
  addMatching,
  combinations,
  compareGroups,
  finishMatching,
  memoized,
  setWithin,
} from './runtime/group.js';
export { expandValues, joinIndex, mergeRows } from './runtime/join.js';
export { beyondLimit, limitRows } from './runtime/limits.js';
export { gathered, spareMemory } from './runtime/memory.js';
export { ownText, ownValue } from './runtime/own-text.js';
export { term, visibleFields, wholeTerm } from './runtime/pattern.js';
export {
  anyOf,
  compactRow,
  compositeKey,
  copyRow,
  fieldNameOf,
  joinText,
  keyOf,
  rawText,
  read,
  renameFields,
  rowText,
  setField,
} from './runtime/row.js';
export type { Events, RowSink, Run } from './runtime/run.js';
export {
  batches,
  count,
  fillArguments,
  fillParameters,
  rereadable,
  scanRequest,
  withParameters,
} from './runtime/run.js';
export { searchIn, searchTest } from './runtime/search-test.js';
export { lastRows, sortRows, topRows } from './runtime/sort.js';
export { subsearchTest, subsearchValue, subsearchValueTest } from './runtime/subsearch.js';
export { isBefore, isSince, timeBound, timeOf } from './runtime/time-range.js';
export type { FieldValue, Row, Scalar } from './runtime/value.js';
export { createRow } from './runtime/value.js';

const functionsByName = new Map<string, FunctionDefinition>();
for (const definition of functions) {
  for (const name of [definition.name, ...(definition.aliases ?? [])]) functionsByName.set(name, definition);
}
const aggregatesByName = new Map(
  aggregates.flatMap((definition) =>
    [definition.name, ...(definition.aliases ?? [])].map((name) => [name, definition] as const),
  ),
);

function definitionOf(name: string): FunctionDefinition {
  const definition = functionsByName.get(name);
  if (definition === undefined) throw new Error(`no eval function "${name}"`);
  return definition;
}

/** An eval function for one call site; null arguments give null where the function wants that. */
export function call(name: string, shapes: readonly ArgumentShape[]): Evaluate {
  const definition = definitionOf(name);
  const evaluate = definition.prepare?.(shapes) ?? definition.evaluate;
  if (evaluate === undefined) throw new Error(`eval function "${name}" is not called with values`);
  if (definition.nulls === 'receive') return evaluate;
  switch (shapes.length) {
    case 1:
      return (context, a) => (a === null ? null : evaluate(context, a as FieldValue));
    case 2:
      return (context, a, b) =>
        a === null || b === null ? null : evaluate(context, a as FieldValue, b as FieldValue);
    default:
      return (context, ...args) => (args.includes(null) ? null : evaluate(context, ...args));
  }
}

/** An eval function that evaluates its arguments itself. */
export function callLazy(
  name: string,
): (args: readonly (() => FieldValue)[], context: EvalContext) => FieldValue {
  const { evaluateLazy } = definitionOf(name);
  if (evaluateLazy === undefined) throw new Error(`eval function "${name}" is not lazy`);
  return evaluateLazy;
}

/** An eval function that evaluates an expression once per value. */
export function callEach(
  name: string,
): (value: FieldValue, each: (value: FieldValue) => FieldValue, context: EvalContext) => FieldValue {
  const { evaluateEach } = definitionOf(name);
  if (evaluateEach === undefined) throw new Error(`eval function "${name}" takes no expression`);
  return evaluateEach;
}

/** The value of a pure function of constants, for the compiler; undefined when it cannot be told. */
export function fold(name: string, values: readonly FieldValue[]): FieldValue | undefined {
  const shapes = values.map((value): ArgumentShape => ({ kind: 'constant', value }));
  const context: EvalContext = { now: 0, timezone: 'UTC', field: () => undefined, random: () => 0 };
  try {
    return call(name, shapes)(context, ...values);
  } catch {
    return undefined;
  }
}

/** A statistical function. With `allNumeric` a group with a value that is no number has no result. */
export function aggregate(name: string, parameter?: number, allNumeric = false): Aggregator {
  return aggregatorOf(aggregateNamed(name), parameter, allNumeric);
}

/** The function that draws another one over time: `sparkline(<name>(…), <span in seconds>)`. */
export function drawn(name: string, span?: number): Aggregator {
  return aggregatorOf({
    ...sparkline,
    ...sparklineOf(aggregateNamed(name), undefined, span),
  } as AggregateDefinition);
}

function aggregateNamed(name: string): AggregateDefinition {
  const definition = aggregatesByName.get(name);
  if (definition === undefined) throw new Error(`no statistical function "${name}"`);
  return definition as AggregateDefinition;
}

function aggregatorOf(definition: AggregateDefinition, parameter?: number, allNumeric = false): Aggregator {
  const plain: Aggregator = {
    start: () => definition.start(parameter),
    // Without a function in between: these are called once per row.
    add: definition.add as Aggregator['add'],
    ...(definition.merge === undefined
      ? {}
      : { merge: definition.merge as NonNullable<Aggregator['merge']> }),
    finish: definition.finish as Aggregator['finish'],
    ...(definition.sliding === undefined ? {} : { sliding: definition.sliding }),
  };
  return allNumeric && definition.values === 'number' ? onlyNumeric(plain) : plain;
}

function onlyNumeric(plain: Aggregator): Aggregator {
  interface State {
    inner: unknown;
    text: boolean;
  }
  return {
    start: (): State => ({ inner: plain.start(), text: false }),
    add: (state, value, time) => {
      const own = state as State;
      if (Number.isNaN(toNumber(value))) own.text = true;
      else own.inner = plain.add(own.inner, value, time);
      return own;
    },
    finish: (state, scope) => ((state as State).text ? null : plain.finish((state as State).inner, scope)),
  };
}

/** A test of a field against a PCRE regex: one matching value is enough. */
export function regexTest(pattern: string): (value: FieldValue) => boolean {
  const regex: Regex = compileRegex(pattern);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    if (value === null) return false;
    if (Array.isArray(value)) return value.some((item) => regex.test(textOf(item) ?? ''));
    return regex.test(textOf(value) ?? '');
  };
}

/** Begins a run of a search. */
export function startRun(environment: Environment = {}): Run {
  return beginRun(environment, {
    aggregate: (item) =>
      item.drawn === undefined
        ? aggregate(item.function, item.parameter, item.allNumeric)
        : drawn(item.drawn.function, item.drawn.span),
    lookupFunction,
  });
}
