// The eval function json_extend.
import { updateJson } from '../runtime/json-path.js';
import { defineFunction } from './function.js';
import { buildsJson, changeJson } from './json-value.js';

export const json_extend = defineFunction({
  name: 'json_extend',
  summary: 'Appends the items of arrays to the arrays at paths of a JSON document.',
  source: 'JSON functions',
  usage: 'json_extend(<json>,<path_value_pairs>)',
  parameters: { min: 3, max: Number.POSITIVE_INFINITY },
  returns: 'string',
  nulls: 'receive',
  style: 'eager',
  ...buildsJson((args, numeric) =>
    changeJson(args, numeric, (document, steps, value) => {
      const items = Array.isArray(value) ? value : [value];
      return updateJson(document, steps, (target) =>
        Array.isArray(target) ? [...target, ...items] : [target, ...items],
      );
    }),
  ),
  pure: true,
  examples: [
    {
      expression: 'json_extend(j, "p", json_array("c", "d"))',
      fields: { j: '{"p":["a"]}' },
      result: '{"p":["a","c","d"]}',
    },
    {
      title: 'one level is flattened',
      expression: 'json_extend(j, "p", "[[1],{}]")',
      fields: { j: '{"p":[]}' },
      result: '{"p":[[1],{}]}',
    },
  ],
});
