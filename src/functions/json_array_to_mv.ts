// The eval function json_array_to_mv.
import { stringifyJson } from '../runtime/json.js';
import { scalarOf } from '../runtime/json-path.js';
import { fromValues, textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

export const json_array_to_mv = defineFunction({
  name: 'json_array_to_mv',
  summary:
    'Gives the items of a JSON array as a multivalue, text without its quotation marks unless asked for.',
  source: 'JSON functions',
  usage: 'json_array_to_mv(<json_array>,<quoted>)',
  parameters: { min: 1, max: 2 },
  returns: 'multivalue',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, json, quoted) => {
    const document = documentOf(json);
    if (!Array.isArray(document)) return null;
    const keep = quoted === true || /^(?:true|1)$/i.test(textOf(quoted) ?? '');
    return fromValues(document.map((item) => (keep ? stringifyJson(item) : scalarOf(item))));
  },
  pure: true,
  examples: [
    { expression: 'json_array_to_mv(j)', fields: { j: '["a",1,{"b":2}]' }, result: ['a', 1, '{"b":2}'] },
    {
      title: 'with quotation marks',
      expression: 'json_array_to_mv(j, true())',
      fields: { j: '["a","b"]' },
      result: ['"a"', '"b"'],
    },
    { title: 'no array', expression: 'json_array_to_mv(j)', fields: { j: '{"a":1}' }, result: null },
  ],
});
