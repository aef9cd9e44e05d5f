// The eval function json_keys.
import { stringifyJson } from '../runtime/json.js';
import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

export const json_keys = defineFunction({
  name: 'json_keys',
  summary: 'Gives the keys of a JSON object as a JSON array.',
  source: 'JSON functions',
  usage: 'json_keys(<json>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, json) => {
    const document = documentOf(json);
    return document instanceof Map ? stringifyJson([...document.keys()]) : null;
  },
  pure: true,
  examples: [
    { expression: 'json_keys(j)', fields: { j: '{"a":1,"b":{"c":2}}' }, result: '["a","b"]' },
    { title: 'an array has no keys', expression: 'json_keys("[1]")', result: null },
  ],
});
