// The eval function toarray.
import { stringifyJson } from '../runtime/json.js';
import { formatScalar } from '../runtime/number.js';
import { defineFunction } from './function.js';
import { documentOf, inferJson } from './json-value.js';

export const toarray = defineFunction({
  name: 'toarray',
  summary:
    'Gives a value as a JSON array: a multivalue by its values with their types, a JSON array as it is, else null.',
  source: 'Conversion functions',
  usage: 'toarray(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    // Text that is no JSON stays text.
    if (typeof value === 'object' && value !== null)
      return stringifyJson(
        value.map((item) => inferJson(item) ?? (item === 'null' ? null : formatScalar(item))),
      );
    const json = documentOf(value);
    return Array.isArray(json) ? stringifyJson(json) : null;
  },
  pure: true,
  examples: [
    { expression: 'toarray(split("1, 2, 3", ","))', result: '[1,2,3]' },
    { title: 'text', expression: 'toarray(split("a,1", ","))', result: '["a",1]' },
    { title: 'a JSON array', expression: 'toarray(j)', fields: { j: '["a", 2]' }, result: '["a",2]' },
    { title: 'no array', expression: 'toarray("a")', result: null },
  ],
});
