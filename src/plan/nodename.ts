// Conditions and groups by `nodename`, the path of a data set that an event is of.
import { wildcard } from '../runtime/pattern.js';
import { pathOf } from '../syntax/data-model-name.js';
import type { SearchExpression } from '../syntax/tree.js';
import { allOf, levelCondition } from './dataset.js';
import { namedFields } from './dataset-fields.js';
import { comparisonNode, textNode } from './expressions.js';
import type { DatasetNode, DatasetPlan, Operator, PlanContext } from './operator.js';

const span = { start: 0, end: 0 };
const everything: SearchExpression = { kind: 'everything', span };

/** The data sets with the root of one that a `nodename` names, by their path. */
function nodesOf(pattern: string, dataset: DatasetPlan): (readonly [string, DatasetNode])[] {
  // The whole path, or the data set's own name; the model may stand before either.
  const find = (text: string) => {
    const matches = wildcard(text);
    return [...dataset.nodes].filter(
      ([path]) => matches(path) || matches(path.slice(path.lastIndexOf('.') + 1)),
    );
  };
  const whole = find(pattern);
  return whole.length > 0 ? whole : find(pattern.slice(pattern.indexOf('.') + 1));
}

/** Whether the constraints of a data set may be on what a data set above it, but below the one that is read, computes. */
function isComputed(node: DatasetNode, dataset: DatasetPlan): boolean {
  return !dataset.isGiven && node.levels.slice(0, -1).some((level) => level.calculated.length > 0);
}

/** The paths that a `nodename` names of which `inNode` reads the field that `namedFields` makes. */
export function computedNodes(pattern: string, dataset: DatasetPlan): string[] {
  return nodesOf(pattern, dataset).flatMap(([path, node]) => (isComputed(node, dataset) ? [path] : []));
}

/**
 * The condition that an event of a data set is also one of the data sets that a `nodename` names; undefined where
 * there is no data set, so that `nodename` is a field like any other.
 */
export function inNode(
  pattern: string,
  dataset: DatasetPlan | undefined,
  context: PlanContext,
): SearchExpression | undefined {
  if (dataset === undefined || dataset.nodes.size === 0) return undefined;
  const conditions = nodesOf(pattern, dataset).map(([path, node]): SearchExpression => {
    if (isComputed(node, dataset)) return comparisonNode(path, '1');
    const operands = node.levels.flatMap((level) => levelCondition(level, dataset.isGiven, context) ?? []);
    return operands.length === 0 ? everything : allOf(operands);
  });
  // No such node: no event is in it.
  if (conditions.length === 0) return { kind: 'not', operand: everything, span };
  return conditions.includes(everything) ? everything : { kind: 'or', operands: conditions, span };
}

/** The events once for each data set below, and this one, that they belong to, with its path as `nodename`. */
export function eachNode(dataset: DatasetPlan, context: PlanContext): Operator {
  const own = pathOf(dataset.lineage);
  const inputs = [...dataset.nodes.keys()]
    .filter((path) => path === own || path.startsWith(`${own}.`))
    .map((path): Operator => {
      const expression = inNode(path, dataset, context) ?? everything;
      const { operator } = namedFields(dataset, dataset.operator, computedNodes(path, dataset), context);
      const subsearches = context.subsearches(expression);
      const input: Operator =
        expression.kind === 'everything'
          ? operator
          : { op: 'filter', input: operator, predicate: { kind: 'search', expression, subsearches } };
      return { op: 'extend', input, fields: [{ name: 'nodename', value: textNode(path) }] };
    });
  return { op: 'union', inputs };
}

/** The data set that a condition on `nodename` asks for, by its path or name. */
export function nodeOf(where: SearchExpression | undefined): string | undefined {
  switch (where?.kind) {
    case 'and':
    case 'or':
      return where.operands.map(nodeOf).find((name) => name !== undefined);
    case 'comparison':
      return where.field.name === 'nodename' && where.operator === '=' ? where.value.text : undefined;
    default:
      return undefined;
  }
}
