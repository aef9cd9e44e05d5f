// The plan of a search as text: one line per operator, the input below what reads it.

import { printExpression } from '../syntax/expression.js';
import { printCondition } from '../syntax/printer.js';
import type { Assignment, Operator, PlannedAggregation, Predicate } from './operator.js';

/** One operator of a plan, as shown. */
export interface PlanNode {
  readonly operator: string;
  readonly detail: string;
  readonly inputs: readonly PlanNode[];
}

/** The tree of a plan, without the marks that only count rows. */
export function explainPlan(operator: Operator): PlanNode {
  if (operator.op === 'mark') return explainPlan(operator.input);
  return { operator: operator.op, detail: detailOf(operator), inputs: inputsOf(operator).map(explainPlan) };
}

/** The plan as indented lines, first what runs last. */
export function planText(node: PlanNode, depth = 0): string {
  const line = `${'  '.repeat(depth)}${node.operator}${node.detail === '' ? '' : ` ${node.detail}`}\n`;
  return line + node.inputs.map((input) => planText(input, depth + 1)).join('');
}

function inputsOf(operator: Operator): Operator[] {
  switch (operator.op) {
    case 'scan':
    case 'given':
      return [];
    case 'union':
      return [...operator.inputs];
    case 'join':
      return [operator.input, operator.right];
    case 'filter': {
      const { predicate } = operator;
      return [operator.input, ...(predicate.kind === 'regex' ? [] : predicate.subsearches.values())];
    }
    case 'apply':
      return [
        ...(operator.input === undefined ? [] : [operator.input]),
        ...Object.values(operator.searches ?? {}),
        ...Object.values(operator.pipes ?? {}),
      ];
    default:
      return [operator.input];
  }
}

function assignmentText({ name, value, when }: Assignment): string {
  const condition = when === undefined ? '' : ` for ${printCondition(when.expression)}`;
  return `${name}=${printExpression(value)}${condition}`;
}

function detailOf(operator: Operator): string {
  switch (operator.op) {
    case 'scan':
      return operator.hint === undefined || operator.hint.length === 0
        ? ''
        : `told ${operator.hint.map(printCondition).join(' ')}`;
    case 'filter':
      return predicateText(operator.predicate);
    case 'extend':
      return operator.fields.map(assignmentText).join(', ');
    case 'project':
      return `${operator.mode} ${operator.fields.join(', ')}`;
    case 'rename':
      return operator.pairs.map((pair) => `${pair.from} as ${pair.to}`).join(', ');
    case 'aggregate':
    case 'window':
      return `${operator.aggregations.map(aggregationText).join(', ')}${operator.by.length === 0 ? '' : ` by ${operator.by.join(', ')}`}`;
    case 'sort':
      return operator.keys.map((key) => `${key.descending ? '-' : ''}${key.field}`).join(', ');
    case 'limit':
      return `${operator.limitName ?? operator.count}${operator.from === 'end' ? ' from the end' : ''}`;
    case 'dedup':
      return operator.fields.join(', ');
    case 'expand':
      return operator.field;
    case 'join':
      return `${operator.type} on ${operator.fields.join(', ')}`;
    case 'apply':
      return operator.function;
    default:
      return '';
  }
}

function aggregationText(item: PlannedAggregation): string {
  const argument =
    item.expression === undefined ? (item.field ?? '') : `eval(${printExpression(item.expression)})`;
  const shown = item.drawn === undefined ? argument : `${item.drawn.function}(${argument})`;
  return `${item.function}${item.parameter ?? ''}(${shown}) as ${item.as}`;
}

function predicateText(predicate: Predicate): string {
  if (predicate.kind === 'regex')
    return `${predicate.field}${predicate.negated ? '!=' : '='}/${predicate.pattern}/`;
  return predicate.kind === 'eval'
    ? printExpression(predicate.expression)
    : printCondition(predicate.expression);
}
