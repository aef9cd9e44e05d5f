// How precise the result of a calculation with literals is.
import { roundDecimal } from '../runtime/number.js';
import type { Expression } from '../syntax/tree.js';

interface Measured {
  readonly value: number;
  /** Digits behind the point that mean something; infinite for whole numbers and what stands in exact(). */
  readonly decimals: number;
}

/**
 * The result of a calculation with decimal literals, rounded as its least precise literal demands: 8.250 * 0.20 is
 * 1.7, 8.250 * exact(0.2) is 1.650 (Search Reference, eval, "Rounding"). Undefined for any other expression: the
 * values of fields are taken as they are.
 */
export function literalResult(expression: Expression): number | string | undefined {
  if (expression.kind !== 'binary') return undefined;
  const result = measure(expression);
  if (result === undefined || !Number.isFinite(result.value)) return undefined;
  if (!Number.isFinite(result.decimals)) return undefined;
  const decimals = Math.min(Math.max(result.decimals, 0), 15);
  const rounded = roundDecimal(result.value, decimals);
  const text = rounded.toFixed(decimals);
  return decimals > 0 && text.endsWith('0') ? text : rounded;
}

function measure(expression: Expression): Measured | undefined {
  switch (expression.kind) {
    case 'number': {
      const point = expression.text.indexOf('.');
      if (/e/i.test(expression.text)) return undefined;
      const decimals = point < 0 ? Number.POSITIVE_INFINITY : expression.text.length - point - 1;
      return { value: expression.value, decimals };
    }
    case 'unary': {
      const operand = expression.operator === '-' ? measure(expression.operand) : undefined;
      return operand === undefined ? undefined : { ...operand, value: -operand.value };
    }
    case 'call': {
      const [argument] = expression.arguments;
      if (expression.name.toLowerCase() !== 'exact' || argument === undefined) return undefined;
      const inner = measure(argument);
      return inner === undefined ? undefined : { ...inner, decimals: Number.POSITIVE_INFINITY };
    }
    case 'binary': {
      const left = measure(expression.left);
      const right = measure(expression.right);
      return left === undefined || right === undefined
        ? undefined
        : combine(expression.operator, left, right);
    }
    default:
      return undefined;
  }
}

function combine(operator: string, left: Measured, right: Measured): Measured | undefined {
  const of = (value: number): Measured => {
    const digits = Math.min(
      left.decimals + wholeDigits(left.value),
      right.decimals + wholeDigits(right.value),
    );
    return { value, decimals: digits - wholeDigits(value) };
  };
  switch (operator) {
    case '+':
      return { value: left.value + right.value, decimals: Math.min(left.decimals, right.decimals) };
    case '-':
      return { value: left.value - right.value, decimals: Math.min(left.decimals, right.decimals) };
    case '*':
      return of(left.value * right.value);
    case '/':
      return of(left.value / right.value);
    case '%':
      return { value: left.value % right.value, decimals: Math.min(left.decimals, right.decimals) };
    default:
      return undefined;
  }
}

/** Digits before the point; none or fewer for fractions: 0.05 has -1. */
function wholeDigits(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value))) + 1;
}
