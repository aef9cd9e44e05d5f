// The eval function isobject.
import { defineFunction } from './function.js';
import { jsonKind } from './kinds.js';

export const isobject = defineFunction({
  name: 'isobject',
  summary: 'Whether a value is a JSON object.',
  source: 'Informational functions',
  usage: 'isobject(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'boolean',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, value) => jsonKind(value) === 'object',
  pure: true,
  examples: [
    { expression: 'isobject(o)', fields: { o: '{"type": "game"}' }, result: true },
    {
      title: 'keys need quotation marks',
      expression: 'isobject(o)',
      fields: { o: '{type: "game"}' },
      result: false,
    },
  ],
});
