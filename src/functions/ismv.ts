// The eval function ismv.
import { defineFunction } from './function.js';

export const ismv = defineFunction({
  name: 'ismv',
  summary: 'Whether a value is a multivalue: a list of two or more values.',
  source: 'Informational functions',
  usage: 'ismv(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'boolean',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, value) => typeof value === 'object' && value !== null,
  pure: true,
  examples: [
    { expression: 'ismv(m)', fields: { m: ['a', 'b'] }, result: true },
    { expression: 'ismv(m)', fields: { m: 'a' }, result: false },
  ],
});
