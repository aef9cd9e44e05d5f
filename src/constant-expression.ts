// Evaluates eval expressions without fields, for eval-based macros and the validation of macro arguments.

import { language } from './language.js';
import * as compare from './runtime/compare.js';
import type { FieldValue } from './runtime/value.js';
import { expression as expressionPart } from './syntax/grammar-parts.js';
import { parseFragment } from './syntax/pipeline.js';
import type { Expression } from './syntax/tree.js';

/** The value of an expression of constants. Throws an error in plain words when it has none. */
export function evaluateConstant(text: string): string | number | boolean | null {
  const { value: tree, diagnostics } = parseFragment(text, language, expressionPart.parse);
  if (tree === undefined) throw new Error(diagnostics[0]?.message ?? 'it is no expression');
  const value = evaluate(tree);
  return Array.isArray(value) ? value.join('\n') : value;
}

const operators = {
  '+': compare.add,
  '-': compare.subtract,
  '*': compare.multiply,
  '/': compare.divide,
  '%': compare.modulo,
  '.': compare.concatenate,
  '=': compare.equal,
  '==': compare.equal,
  '!=': compare.unequal,
  '<': compare.less,
  '<=': compare.lessEqual,
  '>': compare.greater,
  '>=': compare.greaterEqual,
} as const;

function evaluate(expression: Expression): FieldValue {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return expression.value;
    case 'field':
      // There is no event here: a field has no value.
      return null;
    case 'unary': {
      const value = evaluate(expression.operand);
      if (expression.operator === 'NOT') return compare.isFalse(value);
      return expression.operator === '-' ? compare.negate(value) : value;
    }
    case 'binary': {
      const { operator } = expression;
      const left = evaluate(expression.left);
      if (operator === 'AND') return compare.isTrue(left) && compare.isTrue(evaluate(expression.right));
      if (operator === 'OR') return compare.isTrue(left) || compare.isTrue(evaluate(expression.right));
      const right = evaluate(expression.right);
      if (operator === 'XOR') return compare.isTrue(left) !== compare.isTrue(right);
      if (operator === 'LIKE') return language.fold('like', [left, right]) ?? null;
      return operators[operator](left, right);
    }
    case 'in': {
      const value = evaluate(expression.operand);
      return expression.values.some((item) => compare.equal(value, evaluate(item)));
    }
    case 'call':
      return call(expression);
    default:
      throw new Error('it holds what only a search knows');
  }
}

const context = { now: 0, timezone: 'UTC', field: () => undefined, random: () => 0 };

function call({ name, arguments: args }: Extract<Expression, { kind: 'call' }>): FieldValue {
  const definition = language.functions.get(name.toLowerCase());
  if (definition === undefined) throw new Error(`unknown function "${name}"`);
  if (definition.evaluateLazy !== undefined)
    return definition.evaluateLazy(
      args.map((argument) => () => evaluate(argument)),
      context,
    );
  const value = language.fold(definition.name, args.map(evaluate));
  if (value === undefined) throw new Error(`function "${name}" has no value here`);
  return value;
}
