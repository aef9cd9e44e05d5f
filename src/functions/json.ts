// The eval function json.

import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

export const json = defineFunction({
  name: 'json',
  summary: 'Gives the value when it is valid JSON, else null.',
  source: 'JSON functions',
  usage: 'json(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => (documentOf(value) === undefined ? null : (value ?? null)),
  pure: true,
  examples: [
    { expression: 'json(j)', fields: { j: '{"animal":"pony"}' }, result: '{"animal":"pony"}' },
    { title: 'no JSON', expression: 'json(j)', fields: { j: 'Golden Gate Bridge' }, result: null },
  ],
});
