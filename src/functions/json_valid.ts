// The eval function json_valid.

import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

export const json_valid = defineFunction({
  name: 'json_valid',
  summary: 'Whether a value is valid JSON.',
  source: 'JSON functions',
  usage: 'json_valid(<json>)',
  parameters: { min: 1, max: 1 },
  returns: 'boolean',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => documentOf(value) !== undefined,
  pure: true,
  examples: [
    { expression: 'json_valid(j)', fields: { j: '{ "names": ["maria", "arun"] }' }, result: true },
    { expression: 'json_valid(j)', fields: { j: '{ names: ["maria" }' }, result: false },
  ],
});
