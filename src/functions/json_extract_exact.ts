// The eval function json_extract_exact.
import { stringifyJson } from '../runtime/json.js';
import { nativeOf } from '../runtime/json-path.js';
import { textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

export const json_extract_exact = defineFunction({
  name: 'json_extract_exact',
  summary: 'Gives the value of a top-level key of a JSON object; the key is taken literally.',
  source: 'JSON functions',
  usage: 'json_extract_exact(<json>,<keys>)',
  parameters: { min: 1, max: Number.POSITIVE_INFINITY },
  returns: 'any',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, json, ...keys) => {
    const document = documentOf(json);
    if (document === undefined) return null;
    if (keys.length === 0) return nativeOf(document);
    if (!(document instanceof Map)) return null;
    if (keys.length === 1) return nativeOf(document.get(textOf(keys[0]) ?? '') ?? null);
    return stringifyJson(keys.map((key) => document.get(textOf(key) ?? '') ?? null));
  },
  pure: true,
  examples: [
    {
      expression: 'json_extract_exact(j, "system.path")',
      fields: { j: '{"system.path":"/opt/"}' },
      result: '/opt/',
    },
    {
      title: 'no path',
      expression: 'json_extract_exact(j, "a.b")',
      fields: { j: '{"a":{"b":1}}' },
      result: null,
    },
  ],
});
