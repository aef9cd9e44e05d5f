// The eval function sum.
import { valuesOf } from '../runtime/multivalue.js';
import { toNumber } from '../runtime/number.js';
import { defineFunction } from './function.js';
import { checkNumbers } from './shapes.js';

export const sum = defineFunction({
  name: 'sum',
  summary: 'Adds its numeric arguments; text that is no number and nulls are passed over.',
  source: 'Mathematical functions',
  usage: 'sum(<num>,...)',
  parameters: { min: 1, max: Number.POSITIVE_INFINITY },
  returns: 'number',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, ...args) => {
    let sum = 0;
    let count = 0;
    for (const arg of args) {
      for (const item of valuesOf(arg)) {
        const number = toNumber(item);
        if (Number.isNaN(number)) continue;
        sum += number;
        count++;
      }
    }
    return count === 0 ? null : sum;
  },
  check: (shapes) => checkNumbers(shapes),
  pure: true,
  examples: [
    { expression: 'sum(a, b, c)', fields: { a: 5, b: '9' }, result: 14 },
    { title: 'text is passed over', expression: 'sum(a, 2, 4)', fields: { a: 'x' }, result: 6 },
    { title: 'no number', expression: 'sum(a)', result: null },
  ],
});
