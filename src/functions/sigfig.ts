// The eval function sigfig.

import { textOf } from '../runtime/multivalue.js';
import { formatScalar, roundDecimal, toNumber } from '../runtime/number.js';
import { type ArgumentShape, defineFunction, type EvalContext } from './function.js';

/** Significant digits of a number's text: zeros before the first other digit do not count, zeros after a point do. */
function digitsOf(text: string): number {
  const mantissa = text.replace(/[eE].*$/, '').replace(/^[+-]/, '');
  const digits = mantissa.replace('.', '').replace(/^0+/, '');
  return mantissa.includes('.') ? Math.max(1, digits.length) : Math.max(1, digits.replace(/0+$/, '').length);
}

/** Digits after the point of a number's text. */
function decimalsOf(text: string): number {
  const mantissa = text.replace(/[eE].*$/, '');
  return mantissa.includes('.') ? mantissa.length - mantissa.indexOf('.') - 1 : 0;
}

/** Texts of the operands below an operator, products and sums alike; null where one is not known. */
function operandTexts(shape: ArgumentShape, context: EvalContext): string[] | null {
  if (shape.kind === 'constant') return [shape.text ?? textOf(shape.value) ?? ''];
  if (shape.kind === 'field') {
    const value = context.field(shape.name);
    return value === null || value === undefined || typeof value === 'object' ? null : [formatScalar(value)];
  }
  const out: string[] = [];
  for (const operand of shape.operands ?? []) out.push(...(operandTexts(operand, context) ?? []));
  return out.length === 0 ? null : out;
}

/** Rounds as the least precise operand allows: products to its digits, sums to its decimals. */
function significant(number: number, shape: ArgumentShape, context: EvalContext): number {
  const texts = operandTexts(shape, context);
  if (texts === null || shape.kind !== 'expression') return number;
  if (shape.operator === '+' || shape.operator === '-') {
    return roundDecimal(number, Math.min(...texts.map(decimalsOf), 100));
  }
  return Number(number.toPrecision(Math.min(...texts.map(digitsOf), 100)));
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
      return significant(number, shape, context);
    };
  },
  // the value alone does not tell how precise its operands were
  pure: false,
  examples: [
    { title: 'literal operands', expression: 'sigfig(1.00*1111)', result: 1110 },
    { title: 'literal decimals of a sum', expression: 'sigfig(123.0 + 4.567)', result: 127.6 },
    {
      title: 'literal times field',
      expression: 'sigfig(t*1.00)',
      fields: { t: 3.990000000000215 },
      result: 3.99,
    },
  ],
});
