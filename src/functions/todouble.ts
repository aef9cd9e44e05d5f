// The eval function todouble.
import { finite, toNumber } from '../runtime/number.js';
import { defineFunction } from './function.js';

export const todouble = defineFunction({
  name: 'todouble',
  summary: 'Gives a value as a number.',
  source: 'Conversion functions',
  usage: 'todouble(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    if (typeof value === 'boolean') return value ? 1 : 0;
    return finite(toNumber(value));
  },
  pure: true,
  examples: [
    { expression: 'todouble("24.5")', result: 24.5 },
    { title: 'no number', expression: 'todouble("x")', result: null },
  ],
});
