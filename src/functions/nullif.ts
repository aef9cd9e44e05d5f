// The eval function nullif.

import { textOf } from '../runtime/multivalue.js';
import { isNumeric, toNumber } from '../runtime/number.js';
import { defineFunction } from './function.js';

export const nullif = defineFunction({
  name: 'nullif',
  summary: 'Gives null when both arguments are equal, else the first.',
  source: 'Comparison and Conditional functions',
  usage: 'nullif(<field1>,<field2>)',
  parameters: { min: 2, max: 2 },
  returns: 'any',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, a, b) => {
    if (a === null || a === undefined) return null;
    if (b === null || b === undefined) return a;
    if (isNumeric(a) && isNumeric(b)) return toNumber(a) === toNumber(b) ? null : a;
    return textOf(a) === textOf(b) ? null : a;
  },
  pure: true,
  examples: [
    { expression: 'nullif(a, "rarity")', fields: { a: 'rarity' }, result: null },
    { expression: 'nullif(a, "rarity")', fields: { a: 'dash' }, result: 'dash' },
    { title: 'numbers compare as numbers', expression: 'nullif(a, 1)', fields: { a: '1.0' }, result: null },
  ],
});
