// The eval function json_array.
import { stringifyJson } from '../runtime/json.js';
import { defineFunction } from './function.js';
import { buildsJson, jsonOfValue } from './json-value.js';

export const json_array = defineFunction({
  name: 'json_array',
  summary: 'Builds a JSON array from values; JSON among the values is nested.',
  source: 'JSON functions',
  usage: 'json_array(<values>)',
  parameters: { min: 0, max: Number.POSITIVE_INFINITY },
  returns: 'string',
  nulls: 'receive',
  style: 'eager',
  ...buildsJson((args, numeric) => stringifyJson(args.map((arg, i) => jsonOfValue(arg, numeric(i))))),
  pure: true,
  examples: [
    { expression: 'json_array("a", "b", 3)', result: '["a","b",3]' },
    { title: 'empty', expression: 'json_array()', result: '[]' },
  ],
});
