// Wildcards for the names of indexes: those that begin with an underscore are internal, and only `_…` finds them.
import type { SearchExpression, SearchValue } from '../syntax/tree.js';
import { comparisonNode } from './expressions.js';
import type { Operator } from './operator.js';

/** "To match non-internal indexes, use index=*. To match internal indexes, use index=_*." (metadata, index-specifier) */
export function withoutInternal(expression: SearchExpression): SearchExpression {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.some((item) => withoutInternal(item) !== item)
        ? { ...expression, operands: expression.operands.map(withoutInternal) }
        : expression;
    case 'comparison': {
      const { field, operator, value } = expression;
      return field.name === 'index' && operator === '=' && isOpen(value) ? guarded(expression) : expression;
    }
    case 'in': {
      const { field, values, span } = expression;
      if (field.name !== 'index' || !values.some(isOpen)) return expression;
      const open = guarded({ ...expression, values: values.filter(isOpen) });
      const others = values.filter((value) => !isOpen(value));
      if (others.length === 0) return open;
      return { kind: 'or', operands: [open, { ...expression, values: others }], span };
    }
    default:
      return expression;
  }
}

const isOpen = (value: SearchValue): boolean =>
  value.text.startsWith('*') && !value.literalStars?.includes(0) && value.subsearch === undefined;

const guarded = (expression: SearchExpression): SearchExpression => ({
  kind: 'and',
  operands: [expression, { kind: 'not', operand: comparisonNode('index', '_*'), span: expression.span }],
  implicit: true,
  span: expression.span,
});

/** The events of the indexes that an option names. */
export function eventsOfIndexes(input: Operator, names: readonly string[] | undefined): Operator {
  if (names === undefined) return input;
  const conditions = names.map((name) => withoutInternal(comparisonNode('index', name)));
  const expression: SearchExpression =
    conditions.length === 1
      ? (conditions[0] as SearchExpression)
      : { kind: 'or', operands: conditions, span: { start: 0, end: 0 } };
  return { op: 'filter', input, predicate: { kind: 'search', expression, subsearches: new Map() } };
}
