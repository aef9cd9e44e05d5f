// The eval function toarray.
import { stringifyJson } from '../runtime/json.js';
import { defineFunction } from './function.js';
import { inferJson } from './json-value.js';

export const toarray = defineFunction({
  name: 'toarray',
  summary:
    'Gives a value as a JSON array: a multivalue by its values, a JSON array as it is, anything else as the only item.',
  source: 'Conversion functions',
  usage: 'toarray(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    const json = inferJson(value);
    return stringifyJson(Array.isArray(json) ? json : [json]);
  },
  pure: true,
  examples: [
    { expression: 'toarray(split("1, 2, 3", ","))', result: '[1,2,3]' },
    { title: 'a JSON array', expression: 'toarray(j)', fields: { j: '["a", 2]' }, result: '["a",2]' },
    { title: 'one value', expression: 'toarray("a")', result: '["a"]' },
  ],
});
