// Finds the scans whose order cannot change the result, so that their events need not be gathered and sorted.
import type { ApplyOperator, Operator, ScanOperator } from './operator.js';

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
