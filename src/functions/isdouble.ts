// The eval function isdouble.
import type { FieldValue } from '../runtime/value.js';
import { defineFunction } from './function.js';
import { firstReadsAsNumber, numberIn } from './kinds.js';

const test = (value: FieldValue | undefined, textCounts: boolean): boolean => {
  const number = numberIn(value, textCounts);
  return number !== null && (!Number.isInteger(number) || (typeof value === 'string' && value.includes('.')));
};

export const isdouble = defineFunction({
  name: 'isdouble',
  summary: 'Whether a value is a number with a fraction.',
  source: 'Informational functions',
  usage: 'isdouble(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'boolean',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, value) => test(value, true),
  prepare: (shapes) => {
    const textCounts = firstReadsAsNumber(shapes);
    return (_context, value) => test(value, textCounts);
  },
  pure: true,
  examples: [
    { expression: 'isdouble(3.546)', result: true },
    { expression: 'isdouble(1000000)', result: false },
  ],
});
