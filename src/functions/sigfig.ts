// The eval function sigfig.

import { textOf } from '../runtime/multivalue.js';
import { formatScalar, toNumber } from '../runtime/number.js';
import { type ArgumentShape, defineFunction, type EvalContext } from './function.js';

/** Significant digits of a number's text: zeros before the first other digit do not count, zeros after a point do. */
function digitsOf(text: string): number {
  const mantissa = text.replace(/[eE].*$/, '').replace(/^[+-]/, '');
  const digits = mantissa.replace('.', '').replace(/^0+/, '');
  return mantissa.includes('.') ? Math.max(1, digits.length) : Math.max(1, digits.replace(/0+$/, '').length);
}

/** Digits that a product of the operands may claim: those of the least precise. Infinite where nothing is known. */
function precisionOf(shape: ArgumentShape, context: EvalContext): number {
  if (shape.kind === 'constant') return digitsOf(shape.text ?? textOf(shape.value) ?? '');
  if (shape.kind === 'field') {
    const value = context.field(shape.name);
    return value === null || value === undefined || typeof value === 'object'
      ? Number.POSITIVE_INFINITY
      : digitsOf(formatScalar(value));
  }
  if (shape.operands === undefined) return Number.POSITIVE_INFINITY;
  return Math.min(...shape.operands.map((operand) => precisionOf(operand, context)));
}

export const sigfig = defineFunction({
  name: 'sigfig',
  summary: 'Rounds the result of a calculation to the significant digits of its least precise operand.',
  source: 'Mathematical functions',
  usage: 'sigfig(<num>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    const number = toNumber(value);
    return Number.isNaN(number) ? null : number;
  },
  prepare: ([shape]) => {
    if (shape === undefined) return undefined;
    return (context, value) => {
      const number = toNumber(value);
      if (Number.isNaN(number)) return null;
      const digits = precisionOf(shape, context);
      return digits <= 100 ? Number(number.toPrecision(digits)) : number;
    };
  },
  pure: true,
  differences: ['The digits of sums are judged like those of products.'],
  examples: [{ title: 'literal operands', expression: 'sigfig(1.00*1111)', result: 1110 }],
});
