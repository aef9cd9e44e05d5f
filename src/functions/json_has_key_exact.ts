// The eval function json_has_key_exact.
import { textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

export const json_has_key_exact = defineFunction({
  name: 'json_has_key_exact',
  summary: 'Whether a JSON object has a top-level key.',
  source: 'JSON functions',
  usage: 'json_has_key_exact(<json>,<key>)',
  parameters: { min: 2, max: 2 },
  returns: 'boolean',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, json, key) => {
    const document = documentOf(json);
    return document instanceof Map && document.has(textOf(key) ?? '');
  },
  pure: true,
  examples: [
    {
      expression: 'json_has_key_exact(j, "charlie.garcia")',
      fields: { j: '{"charlie.garcia":10}' },
      result: true,
    },
    {
      title: 'no such key',
      expression: 'json_has_key_exact(j, "constructor")',
      fields: { j: '{"a":1}' },
      result: false,
    },
  ],
});
