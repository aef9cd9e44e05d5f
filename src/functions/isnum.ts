// The eval function isnum.
import type { FieldValue } from '../runtime/value.js';
import { defineFunction } from './function.js';
import { firstReadsAsNumber, numberIn } from './kinds.js';

const test = (value: FieldValue | undefined, textCounts: boolean): boolean => {
  return numberIn(value, textCounts) !== null;
};

export const isnum = defineFunction({
  name: 'isnum',
  summary: 'Whether a value is a number; text of a field counts where it reads as one.',
  source: 'Informational functions',
  usage: 'isnum(<value>)',
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
    { expression: 'isnum(f)', fields: { f: '42' }, result: true },
    { expression: 'isnum(f)', fields: { f: '-1.5' }, result: true },
    { expression: 'isnum(f)', fields: { f: 'abc' }, result: false },
    { title: 'literal text is no number', expression: 'isnum("42")', result: false },
    { title: 'null', expression: 'isnum(nosuch)', result: false },
  ],
});
