// The eval function mvcount.
import { defineFunction } from './function.js';

export const mvcount = defineFunction({
  name: 'mvcount',
  summary: 'Counts the values of a field; null when it has none.',
  source: 'Multivalue eval functions',
  usage: 'mvcount(<mv>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    if (value === null || value === undefined) return null;
    return typeof value === 'object' ? value.length : 1;
  },
  pure: true,
  examples: [
    { expression: 'mvcount(m)', fields: { m: ['a', 'b', 'c'] }, result: 3 },
    { expression: 'mvcount(m)', fields: { m: 'a' }, result: 1 },
    { expression: 'mvcount(m)', result: null },
  ],
});
