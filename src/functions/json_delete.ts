// The eval function json_delete.
import { parseJson, stringifyJson } from '../runtime/json.js';
import { deleteJson, parsePath } from '../runtime/json-path.js';
import { textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

/** The keys of one argument: a key or path, or a JSON array of them. */
function pathsIn(text: string | null): readonly string[] {
  if (text === null) return [];
  const list = text.startsWith('[') ? parseJson(text) : undefined;
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [text];
}

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
      for (const path of pathsIn(textOf(key))) {
        const steps = parsePath(path);
        if (steps !== null) deleteJson(document, steps);
      }
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
      title: 'an array of keys',
      expression: 'json_delete(j, json_array("a", "b"))',
      fields: { j: '{"a":1,"b":2,"c":3}' },
      result: '{"c":3}',
    },
    {
      title: 'a dot in a key is a path',
      expression: 'json_delete(j, "a.b")',
      fields: { j: '{"a.b":1}' },
      result: '{"a.b":1}',
    },
    {
      title: 'a nested key',
      expression: 'json_delete(j, "a.b")',
      fields: { j: '{"a":{"b":1,"c":2}}' },
      result: '{"a":{"c":2}}',
    },
  ],
});
