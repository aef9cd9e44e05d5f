// The eval function json_extract.
import { type JsonValue, stringifyJson } from '../runtime/json.js';
import { isMultiple, nativeOf, parsePath, selectJson } from '../runtime/json-path.js';
import { textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

function extract(document: JsonValue, path: string): JsonValue | undefined {
  let steps = parsePath(path);
  if (steps === null) return undefined;
  const first = steps[0];
  // {} at the start of the path is the whole object where the document is one
  if (document instanceof Map && first !== undefined && 'every' in first) steps = steps.slice(1);
  const found = selectJson(document, steps);
  if (isMultiple(steps)) return found.length === 0 ? undefined : found;
  return found[0];
}

export const json_extract = defineFunction({
  name: 'json_extract',
  summary:
    'Gives the value at a path of a JSON document; several paths, and paths with {}, give a JSON array.',
  source: 'JSON functions',
  usage: 'json_extract(<json>,<paths>)',
  parameters: { min: 1, max: Number.POSITIVE_INFINITY },
  returns: 'any',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, json, ...paths) => {
    const document = documentOf(json);
    if (document === undefined) return null;
    if (paths.length === 0) return nativeOf(document);
    const results = paths.map((path) => extract(document, textOf(path) ?? ''));
    if (results.length === 1) return results[0] === undefined ? null : nativeOf(results[0] as JsonValue);
    return stringifyJson(results.map((result) => result ?? null));
  },
  pure: true,
  examples: [
    {
      title: 'the whole object',
      expression: 'json_extract(j, "{}")',
      fields: { j: '{"a": 1}' },
      result: '{"a":1}',
    },
    { expression: 'json_extract(j, "{1}")', fields: { j: '[{"n":"x"},{"n":"y"}]' }, result: '{"n":"y"}' },
    {
      title: 'every item',
      expression: 'json_extract(j, "{}.n")',
      fields: { j: '[{"n":"x"},{"n":"y"}]' },
      result: '["x","y"]',
    },
    {
      title: 'nested arrays are flattened',
      expression: 'json_extract(j, "{}.b{}.n")',
      fields: { j: '[{"b":[{"n":1},{"n":2}]},{"b":[{"n":3}]}]' },
      result: '[1,2,3]',
    },
    {
      title: 'a number',
      expression: 'json_extract(j, "a.b")',
      fields: { j: '{"a":{"b":8981}}' },
      result: 8981,
    },
    {
      title: 'no such path',
      expression: 'json_extract(j, "a.c")',
      fields: { j: '{"a":{"b":1}}' },
      result: null,
    },
    {
      title: 'several paths',
      expression: 'json_extract(j, "a", "b")',
      fields: { j: '{"a":1,"b":"x"}' },
      result: '[1,"x"]',
    },
    { title: 'no path', expression: 'json_extract(j)', fields: { j: '{"a": 1}' }, result: '{"a":1}' },
  ],
});
