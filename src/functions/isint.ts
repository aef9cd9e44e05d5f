// The eval function isint.
import type { FieldValue } from '../runtime/value.js';
import { defineFunction } from './function.js';
import { firstReadsAsNumber, numberIn } from './kinds.js';

const test = (value: FieldValue | undefined, textCounts: boolean): boolean => {
  const number = numberIn(value, textCounts);
  return number !== null && Number.isInteger(number) && !(typeof value === 'string' && value.includes('.'));
};

export const isint = defineFunction({
  name: 'isint',
  summary: 'Whether a value is a whole number.',
  source: 'Informational functions',
  usage: 'isint(<value>)',
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
    { expression: 'isint(f)', fields: { f: '42' }, result: true },
    { expression: 'isint(f)', fields: { f: '4.2' }, result: false },
    { expression: 'isint(f)', fields: { f: 'http' }, result: false },
  ],
});
