// The eval function lookup.
import { parseJson, stringifyJson } from '../runtime/json.js';
import { scalarOf } from '../runtime/json-path.js';
import { textOf } from '../runtime/multivalue.js';
import type { FieldValue } from '../runtime/value.js';
import { defineFunction } from './function.js';
import { jsonOfValue } from './json-value.js';

export const lookup = defineFunction({
  name: 'lookup',
  summary:
    'Looks values up in a CSV lookup and gives the output fields as a JSON object, with an array where several rows match.',
  source: 'Comparison and Conditional functions',
  usage: 'lookup(<lookup_table>,<json_object>,<json_array>)',
  parameters: { min: 2, max: 3 },
  returns: 'string',
  nulls: 'receive',
  style: 'eager',
  evaluate: (context, table, input, outputs) => {
    const name = textOf(table);
    const keys = parseJson(textOf(input) ?? '');
    if (name === null || keys === undefined || !(keys instanceof Map) || context.lookup === undefined)
      return null;
    const given = new Map<string, FieldValue>();
    for (const [key, value] of keys) given.set(key, scalarOf(value));
    const wanted: string[] = [];
    const list = outputs === undefined || outputs === null ? undefined : parseJson(textOf(outputs) ?? '');
    if (Array.isArray(list)) for (const item of list) if (typeof item === 'string') wanted.push(item);
    const found = context.lookup(name, given, wanted);
    if (found === null) return null;
    const result = new Map(Array.from(found, ([key, value]) => [key, jsonOfValue(value, false)] as const));
    return stringifyJson(result);
  },
  pure: false,
  examples: [],
});
