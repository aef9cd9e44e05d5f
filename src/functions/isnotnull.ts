// The eval function isnotnull.
import { defineFunction } from './function.js';

export const isnotnull = defineFunction({
  name: 'isnotnull',
  summary: 'Whether a value is not null; the empty text is a value.',
  source: 'Informational functions',
  usage: 'isnotnull(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'boolean',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, value) => value !== null && value !== undefined,
  pure: true,
  examples: [
    { expression: 'isnotnull(a)', fields: { a: '' }, result: true },
    { expression: 'isnotnull(a)', result: false },
  ],
});
