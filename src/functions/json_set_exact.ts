// The eval function json_set_exact.
import { stringifyJson } from '../runtime/json.js';
import { textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { buildsJson, documentOf, jsonOfValue } from './json-value.js';

export const json_set_exact = defineFunction({
  name: 'json_set_exact',
  summary: 'Sets top-level keys of a JSON object; the keys are taken literally.',
  source: 'JSON functions',
  usage: 'json_set_exact(<json>,<key_value_pairs>)',
  parameters: { min: 3, max: Number.POSITIVE_INFINITY },
  returns: 'string',
  nulls: 'receive',
  style: 'eager',
  ...buildsJson((args, numeric) => {
    const document = documentOf(args[0]);
    if (!(document instanceof Map)) return null;
    for (let i = 1; i + 1 < args.length; i += 2) {
      const key = textOf(args[i]);
      if (key !== null) document.set(key, jsonOfValue(args[i + 1], numeric(i + 1)));
    }
    return stringifyJson(document);
  }),
  pure: true,
  examples: [
    {
      expression: 'json_set_exact(j, "a.b", "x")',
      fields: { j: '{"a":{"b":1}}' },
      result: '{"a":{"b":1},"a.b":"x"}',
    },
  ],
});
