// The eval function tobool.
import { textOf } from '../runtime/multivalue.js';
import { toNumber } from '../runtime/number.js';
import { defineFunction } from './function.js';

export const tobool = defineFunction({
  name: 'tobool',
  summary:
    'Gives a value as a truth value: 0 is false, other numbers are true, the texts true and false are what they say.',
  source: 'Conversion functions',
  usage: 'tobool(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'boolean',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    if (typeof value === 'boolean') return value;
    const number = toNumber(value);
    if (!Number.isNaN(number)) return number !== 0;
    const word = (textOf(value) ?? '').trim().toLowerCase();
    if (word === 'true') return true;
    return word === 'false' ? false : null;
  },
  pure: true,
  examples: [
    { expression: 'tobool(n)', fields: { n: 12 }, result: true },
    { expression: 'tobool(n)', fields: { n: '0' }, result: false },
    { expression: 'tobool("True")', result: true },
    { title: 'neither', expression: 'tobool("maybe")', result: null },
  ],
});
