// The eval function mv_to_json_array.
import { stringifyJson } from '../runtime/json.js';
import { textOf, valuesOf } from '../runtime/multivalue.js';
import { formatScalar } from '../runtime/number.js';
import { defineFunction } from './function.js';
import { inferJson } from './json-value.js';

export const mv_to_json_array = defineFunction({
  name: 'mv_to_json_array',
  summary: 'Gives the values of a field as a JSON array, all as text unless types are to be inferred.',
  source: 'Multivalue eval functions',
  usage: 'mv_to_json_array(<field>,<infer_types>)',
  parameters: { min: 1, max: 2 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, infer) => {
    const typed = infer === true || /^(?:true|1)$/i.test(textOf(infer) ?? '');
    return stringifyJson(valuesOf(value).map((item) => (typed ? inferJson(item) : formatScalar(item))));
  },
  pure: true,
  examples: [
    { expression: 'mv_to_json_array(m)', fields: { m: ['a', '1', 'true'] }, result: '["a","1","true"]' },
    {
      title: 'with types',
      expression: 'mv_to_json_array(m, true())',
      fields: { m: ['"a"', '1', 'true', '{"b":2}', 'text'] },
      result: '["a",1,true,{"b":2},null]',
    },
    { title: 'one value', expression: 'mv_to_json_array(m)', fields: { m: 'a' }, result: '["a"]' },
  ],
});
