// Finds the scans whose order cannot change the result, so that their events need not be gathered and sorted.
import { printExpression } from '../syntax/expression.js';
import type { ApplyOperator, Operator, Predicate, ScanOperator } from './operator.js';
import { mapInputs } from './rewrite.js';

/** Aggregates of a set of values: the same in whatever order the values come. */
const orderFree: ReadonlySet<string> = new Set([
  'count',
  'dc',
  'estdc',
  'avg',
  'sum',
  'sumsq',
  'min',
  'max',
  'range',
  'stdev',
  'stdevp',
  'var',
  'varp',
  'median',
  'perc',
  'exactperc',
  'upperperc',
  'values',
]);

/** Functions of the runtime that keep nothing from one row to the next; streamstats and its kind do. */
const rowByRow: ReadonlySet<string> = new Set([
  'bin',
  'convert',
  'extract',
  'fillnull',
  'iplocation',
  'lookup',
  'makemv',
  'nomv',
  'rangemap',
  'replace',
  'rex',
  'sed',
  'spath',
  'strcat',
  'xmlkv',
]);

/** Whether a chart is one of aggregates that depend on no order. */
function isOrderFreeChart(operator: ApplyOperator): boolean {
  if (operator.function !== 'chart') return false;
  const list = operator.arguments['aggregations'] as readonly { readonly function: string }[];
  return list.every((item) => orderFree.has(item.function));
}

/**
 * Whether a search gives events as they are read, each by itself: a streamable time series (Search Reference, union;
 * Command types, distributable streaming commands).
 */
export function isEventStream(operator: Operator): boolean {
  switch (operator.op) {
    case 'scan':
      return true;
    case 'filter':
    case 'extend':
    case 'rename':
    case 'mark':
    case 'expand':
      return isEventStream(operator.input);
    case 'project':
      return (operator.mode === 'remove' || operator.internal === true) && isEventStream(operator.input);
    case 'apply':
      return operator.input !== undefined && rowByRow.has(operator.function) && isEventStream(operator.input);
    case 'sort':
      return (
        operator.limit === 0 &&
        operator.keys.length === 1 &&
        operator.keys[0]?.field === '_time' &&
        operator.keys[0].descending &&
        isEventStream(operator.input)
      );
    case 'union':
      return operator.inputs.every(isEventStream);
    default:
      return false;
  }
}

/** The first rows of a scan that pass some filters, which are all that a search takes of it. */
export interface FirstRows {
  readonly count: number;
  readonly predicates: readonly Predicate[];
}

/** Rows that may be held while events are read, of which any may be among the first. */
const MOST_FIRST_ROWS = 10_000;

/** Returns the scans of which only the first rows are taken: those that pass the filters right above the scan. */
export function firstRowsOfScans(plan: Operator): ReadonlyMap<ScanOperator, FirstRows> {
  const found = new Map<ScanOperator, FirstRows>();
  const scans: ScanOperator[] = [];
  const visit = (operator: Operator): Operator => {
    if (operator.op === 'scan') scans.push(operator);
    const first = firstRows(operator);
    if (first !== undefined) found.set(first.scan, first);
    return mapInputs(operator, visit);
  };
  visit(plan);
  // A scan that stands in several places may be read further in another.
  for (const scan of found.keys()) if (scans.filter((other) => other === scan).length > 1) found.delete(scan);
  return found;
}

function firstRows(operator: Operator): (FirstRows & { readonly scan: ScanOperator }) | undefined {
  if (operator.op !== 'limit' || operator.from !== 'start' || operator.limitName !== undefined)
    return undefined;
  const { count } = operator;
  if (count < 1 || count > MOST_FIRST_ROWS) return undefined;
  let below: Operator | undefined = operator.input;
  while (below !== undefined && makesRowOfRow(below)) below = 'input' in below ? below.input : undefined;
  const predicates: Predicate[] = [];
  while (below?.op === 'filter' || below?.op === 'mark') {
    if (below.op === 'filter') {
      if (!isRepeatable(below.predicate)) return undefined;
      predicates.unshift(below.predicate);
    }
    below = below.input;
  }
  return below?.op === 'scan' ? { scan: below, count, predicates } : undefined;
}

/** Whether a filter says the same of a row each time. */
function isRepeatable(predicate: Predicate): boolean {
  if (predicate.kind === 'regex') return true;
  if (predicate.subsearches.size > 0) return false;
  return predicate.kind === 'search' || !/\brandom\(/i.test(printExpression(predicate.expression));
}

/** Whether an operator gives one row for each, and looks at no other. */
function makesRowOfRow(operator: Operator): boolean {
  switch (operator.op) {
    case 'extend':
    case 'project':
    case 'rename':
    case 'mark':
      return true;
    case 'apply':
      return rowByRow.has(operator.function);
    default:
      return false;
  }
}

/**
 * Returns the scans below an aggregate that depends on no order, with only operators between that look at one row
 * at a time. Groups leave an aggregate sorted by their keys.
 */
export function scansInAnyOrder(plan: Operator): ReadonlySet<ScanOperator> {
  const found = new Set<ScanOperator>();
  const ordered = new Set<ScanOperator>();
  const visit = (operator: Operator, free: boolean): void => {
    switch (operator.op) {
      case 'scan':
        (free ? found : ordered).add(operator);
        return;
      case 'filter':
      case 'extend':
      case 'project':
      case 'rename':
      case 'mark':
      case 'expand':
        visit(operator.input, free);
        return;
      case 'aggregate':
        visit(
          operator.input,
          operator.aggregations.every((item) => orderFree.has(item.function)),
        );
        return;
      case 'apply':
        if (operator.input)
          visit(operator.input, isOrderFreeChart(operator) || (free && rowByRow.has(operator.function)));
        return;
      case 'sort':
        // An order that nobody asks for may be made of any other; a limit asks.
        visit(operator.input, free && operator.limit === 0);
        return;
      case 'limit':
      case 'dedup':
      case 'window':
        visit(operator.input, false);
        return;
      case 'union':
        for (const input of operator.inputs) visit(input, free);
        return;
      case 'join':
        visit(operator.input, false);
        visit(operator.right, false);
        return;
      default:
        return;
    }
  };
  visit(plan, false);
  for (const scan of ordered) found.delete(scan);
  return found;
}
