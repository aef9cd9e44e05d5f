// What an expression holds: the fields it reads and the functions it calls.
import type { Expression } from './tree.js';

export type Call = Expression & { readonly kind: 'call' };

/** Every call in an expression, outer ones first. */
export function callsIn(expression: Expression): Call[] {
  switch (expression.kind) {
    case 'unary':
      return callsIn(expression.operand);
    case 'binary':
      return [...callsIn(expression.left), ...callsIn(expression.right)];
    case 'in':
      return [expression.operand, ...expression.values].flatMap(callsIn);
    case 'call':
      return [expression, ...expression.arguments.flatMap(callsIn)];
    default:
      return [];
  }
}

/** Every field an expression reads. */
export function fieldsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'field':
      return [expression.name];
    case 'unary':
      return fieldsOf(expression.operand);
    case 'binary':
      return [...fieldsOf(expression.left), ...fieldsOf(expression.right)];
    case 'in':
      return [expression.operand, ...expression.values].flatMap(fieldsOf);
    case 'call':
      return expression.arguments.flatMap(fieldsOf);
    default:
      return [];
  }
}
