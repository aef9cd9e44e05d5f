// The eval function isnull.
import { defineFunction } from './function.js';

export const isnull = defineFunction({
  name: 'isnull',
  summary: 'Whether a value is null.',
  source: 'Informational functions',
  usage: 'isnull(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'boolean',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, value) => value === null || value === undefined,
  pure: true,
  examples: [
    { expression: 'isnull(a)', fields: { a: '' }, result: false },
    { expression: 'isnull(a)', result: true },
  ],
});
