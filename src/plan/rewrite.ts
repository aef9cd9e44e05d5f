// Plan to plan: filters move towards the scan, and the scan learns what they want.
import type { SearchExpression } from '../syntax/tree.js';
import { predicateNeed } from './needs.js';
import type { FilterOperator, Operator } from './operator.js';

/** How far to go. `counted`: rows are counted after each command, so no filter may leave its command. */
export interface RewriteOptions {
  readonly rewrites: boolean;
  readonly counted: boolean;
}

/** Rewrites a plan and every plan inside it. The rows it gives stay the same. */
export function rewrite(operator: Operator, options: RewriteOptions): Operator {
  const inner = mapInputs(operator, (input) => rewrite(input, options));
  if (inner.op !== 'filter') return inner;
  const moved = options.rewrites && !options.counted ? sink(inner, inner.input) : undefined;
  return hinted(moved ?? inner, options);
}

/** Replaces the inputs and the nested plans of an operator. */
export function mapInputs(operator: Operator, map: (input: Operator) => Operator): Operator {
  switch (operator.op) {
    case 'scan':
    case 'given':
      return operator;
    case 'union':
      return { ...operator, inputs: operator.inputs.map(map) };
    case 'join':
      return { ...operator, input: map(operator.input), right: map(operator.right) };
    case 'filter': {
      const { predicate } = operator;
      const input = map(operator.input);
      if (predicate.kind === 'regex' || predicate.subsearches.size === 0) return { ...operator, input };
      const subsearches = new Map([...predicate.subsearches].map(([key, plan]) => [key, map(plan)] as const));
      return { ...operator, input, predicate: { ...predicate, subsearches } };
    }
    case 'apply': {
      const mapped = (plans: Readonly<Record<string, Operator>>): Record<string, Operator> =>
        Object.fromEntries(Object.entries(plans).map(([name, plan]) => [name, map(plan)]));
      return {
        ...operator,
        ...(operator.input === undefined ? {} : { input: map(operator.input) }),
        ...(operator.searches === undefined ? {} : { searches: mapped(operator.searches) }),
        ...(operator.pipes === undefined ? {} : { pipes: mapped(operator.pipes) }),
      };
    }
    default:
      return { ...operator, input: map(operator.input) };
  }
}

/** Moves a filter below operators that neither make the fields it reads nor depend on the rows it drops. */
function sink(filter: FilterOperator, below: Operator): Operator | undefined {
  const reads = predicateNeed(filter.predicate);
  if (reads === 'all') return undefined;
  const swap = (): Operator => {
    if (!('input' in below) || below.input === undefined) return filter;
    const lower: FilterOperator = { ...filter, input: below.input };
    return { ...below, input: sink(lower, below.input) ?? hintedFilter(lower) } as Operator;
  };
  switch (below.op) {
    case 'mark':
      return swap();
    case 'extend':
      return below.fields.some((field) => field.dynamicName || reads.has(field.name)) ? undefined : swap();
    case 'sort':
      return below.limit === 0 && below.limitName === undefined ? swap() : undefined;
    case 'rename':
      return below.pairs.some((pair) => pair.from.includes('*') || reads.has(pair.from) || reads.has(pair.to))
        ? undefined
        : swap();
    case 'project':
      return below.mode === 'keep' && [...reads].every((name) => below.fields.includes(name))
        ? swap()
        : undefined;
    default:
      return undefined;
  }
}

function hintedFilter(filter: FilterOperator): Operator {
  return hinted(filter, { rewrites: true, counted: false });
}

/** Tells a scan at the bottom of a chain of filters what they test. */
function hinted(operator: Operator, options: RewriteOptions): Operator {
  if (operator.op !== 'filter' || operator.predicate.kind !== 'search') return operator;
  const parts = conjuncts(operator.predicate.expression);
  // Time bounds in the text replace those of the run, so they are passed on even when nothing is rewritten.
  const hints = options.rewrites ? parts : parts.filter((part) => part.kind === 'time');
  const input = addHint(operator.input, hints, options);
  return input === undefined ? operator : { ...operator, input };
}

function addHint(
  operator: Operator,
  hint: readonly SearchExpression[],
  options: RewriteOptions,
): Operator | undefined {
  if (operator.op === 'scan') return { ...operator, hint: [...(operator.hint ?? []), ...hint] };
  if (operator.op !== 'filter' && operator.op !== 'mark') return undefined;
  // What a later command tests must not thin out the rows that are counted before it.
  const passed =
    operator.op === 'mark' && options.counted ? hint.filter((part) => part.kind === 'time') : hint;
  const input = addHint(operator.input, passed, options);
  return input === undefined ? undefined : { ...operator, input };
}

function conjuncts(expression: SearchExpression): readonly SearchExpression[] {
  return expression.kind === 'and' ? expression.operands.flatMap(conjuncts) : [expression];
}
