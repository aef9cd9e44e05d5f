// Taking conditions apart, so that each part is tested as soon as its fields are at hand.
import type { Expression } from '../syntax/tree.js';

/** The parts of an expression that must all be true. */
export function andParts(expression: Expression): readonly Expression[] {
  return expression.kind === 'binary' && expression.operator === 'AND'
    ? [...andParts(expression.left), ...andParts(expression.right)]
    : [expression];
}
