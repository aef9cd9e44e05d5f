// The eval function isstr.
import type { FieldValue } from '../runtime/value.js';
import { defineFunction } from './function.js';
import { firstReadsAsNumber, numberIn } from './kinds.js';

const test = (value: FieldValue | undefined, textCounts: boolean): boolean => {
  return typeof value === 'string' && !Number.isFinite(numberIn(value, textCounts) ?? Number.NaN);
};

export const isstr = defineFunction({
  name: 'isstr',
  summary: 'Whether a value is text that is no number.',
  source: 'Informational functions',
  usage: 'isstr(<value>)',
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
    { expression: 'isstr(f)', fields: { f: 'abc' }, result: true },
    { expression: 'isstr(f)', fields: { f: '42' }, result: false },
    { title: 'literal text', expression: 'isstr("42")', result: true },
    { title: 'the text NaN is text', expression: 'isstr(f)', fields: { f: 'NaN' }, result: true },
    { title: 'null', expression: 'isstr(nosuch)', result: false },
  ],
});
