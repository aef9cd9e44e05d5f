// The eval function json_append.
import { updateJson } from '../runtime/json-path.js';
import { defineFunction } from './function.js';
import { buildsJson, changeJson } from './json-value.js';

export const json_append = defineFunction({
  name: 'json_append',
  summary:
    'Appends values to what paths of a JSON document reach, which becomes an array where it is none; the empty path is the document itself.',
  source: 'JSON functions',
  usage: 'json_append(<json>,<path_value_pairs>)',
  parameters: { min: 3, max: Number.POSITIVE_INFINITY },
  returns: 'string',
  nulls: 'receive',
  style: 'eager',
  ...buildsJson((args, numeric) =>
    changeJson(args, numeric, (document, steps, value) =>
      updateJson(document, steps, (target) => (Array.isArray(target) ? [...target, value] : [target, value])),
    ),
  ),
  pure: true,
  examples: [
    {
      expression: 'json_append(j, "p", "c")',
      fields: { j: '{"p":["a","b"]}' },
      result: '{"p":["a","b","c"]}',
    },
    { title: 'the document itself', expression: 'json_append("[1]", "", 2)', result: '[1,2]' },
    {
      title: 'nested',
      expression: 'json_append(j, "a.b", "x")',
      fields: { j: '{"a":{"b":[]}}' },
      result: '{"a":{"b":["x"]}}',
    },
    {
      title: 'a scalar becomes an array',
      expression: 'json_append(j, "p", "b")',
      fields: { j: '{"p":"a"}' },
      result: '{"p":["a","b"]}',
    },
    {
      title: 'nothing at the path',
      expression: 'json_append(j, "q", "b")',
      fields: { j: '{"p":["a"]}' },
      result: '{"p":["a"]}',
    },
  ],
});
