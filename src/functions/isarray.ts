// The eval function isarray.
import { defineFunction } from './function.js';
import { jsonKind } from './kinds.js';

export const isarray = defineFunction({
  name: 'isarray',
  summary: 'Whether a value is a JSON array.',
  source: 'Informational functions',
  usage: 'isarray(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'boolean',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, value) => jsonKind(value) === 'array',
  pure: true,
  examples: [
    { expression: 'isarray("[1, 2, 3]")', result: true },
    { expression: 'isarray(1)', result: false },
  ],
});
