// The eval function json_set.
import { setJson } from '../runtime/json-path.js';
import { defineFunction } from './function.js';
import { buildsJson, changeJson } from './json-value.js';

export const json_set = defineFunction({
  name: 'json_set',
  summary: 'Sets the values at paths of a JSON document; missing keys are made.',
  source: 'JSON functions',
  usage: 'json_set(<json>,<path_value_pairs>)',
  parameters: { min: 3, max: Number.POSITIVE_INFINITY },
  returns: 'string',
  nulls: 'receive',
  style: 'eager',
  ...buildsJson((args, numeric) => changeJson(args, numeric, setJson)),
  pure: true,
  examples: [
    { expression: 'json_set(j, "b", "two")', fields: { j: '{"a":1,"b":2}' }, result: '{"a":1,"b":"two"}' },
    {
      title: 'a new key',
      expression: 'json_set(j, "c.d", 3)',
      fields: { j: '{"a":1}' },
      result: '{"a":1,"c":{"d":3}}',
    },
    { title: 'an item of an array', expression: 'json_set("[1,2]", "{1}", 9)', result: '[1,9]' },
  ],
});
