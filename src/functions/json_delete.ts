// The eval function json_delete.
import { stringifyJson } from '../runtime/json.js';
import { deleteJson, parsePath } from '../runtime/json-path.js';
import { textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

export const json_delete = defineFunction({
  name: 'json_delete',
  summary: 'Deletes keys, or what paths reach, from a JSON object.',
  source: 'JSON functions',
  usage: 'json_delete(<json>,<keys>)',
  parameters: { min: 2, max: Number.POSITIVE_INFINITY },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, json, ...keys) => {
    const document = documentOf(json);
    if (document === undefined) return null;
    for (const key of keys) {
      const text = textOf(key);
      if (text === null) continue;
      if (document instanceof Map && document.delete(text)) continue;
      const steps = parsePath(text);
      if (steps !== null) deleteJson(document, steps);
    }
    return stringifyJson(document);
  },
  pure: true,
  examples: [
    {
      expression: 'json_delete(j, "SSN", "n")',
      fields: { j: '{"name":"Wei","SSN":"1","n":[1]}' },
      result: '{"name":"Wei"}',
    },
    {
      title: 'a nested key',
      expression: 'json_delete(j, "a.b")',
      fields: { j: '{"a":{"b":1,"c":2}}' },
      result: '{"a":{"c":2}}',
    },
  ],
});
