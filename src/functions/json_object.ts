// The eval function json_object.
import { type JsonValue, stringifyJson } from '../runtime/json.js';
import { textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { buildsJson, jsonOfValue } from './json-value.js';

export const json_object = defineFunction({
  name: 'json_object',
  summary: 'Builds a JSON object from keys and values; JSON among the values is nested.',
  source: 'JSON functions',
  usage: 'json_object(<members>)',
  parameters: { min: 0, max: Number.POSITIVE_INFINITY, pairs: true },
  returns: 'string',
  nulls: 'receive',
  style: 'eager',
  ...buildsJson((args, numeric) => {
    const out = new Map<string, JsonValue>();
    for (let i = 0; i + 1 < args.length; i += 2) {
      const key = textOf(args[i]);
      if (key !== null) out.set(key, jsonOfValue(args[i + 1], numeric(i + 1)));
    }
    return stringifyJson(out);
  }),
  pure: true,
  examples: [
    { expression: 'json_object("name", "maria", "age", 25)', result: '{"name":"maria","age":25}' },
    { title: 'nested', expression: 'json_object("a", json_array("x", "y"))', result: '{"a":["x","y"]}' },
    { title: 'any key', expression: 'json_object("__proto__", 1)', result: '{"__proto__":1}' },
    { title: 'empty', expression: 'json_object()', result: '{}' },
  ],
});
