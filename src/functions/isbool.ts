// The eval function isbool.
import { defineFunction } from './function.js';

export const isbool = defineFunction({
  name: 'isbool',
  summary: 'Whether a value is a truth value, as comparisons give.',
  source: 'Informational functions',
  usage: 'isbool(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'boolean',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, value) => typeof value === 'boolean',
  pure: true,
  examples: [
    { expression: 'isbool(1==2)', result: true },
    { expression: 'isbool(a)', fields: { a: 'true' }, result: false },
  ],
});
