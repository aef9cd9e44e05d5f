// The eval function tomv.
import { scalarOf } from '../runtime/json-path.js';
import { fromValues } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

export const tomv = defineFunction({
  name: 'tomv',
  summary: 'Gives a value as a multivalue: the items of a JSON array, or a multivalue as it is.',
  source: 'Conversion functions',
  usage: 'tomv(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'multivalue',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    const json = documentOf(value);
    if (Array.isArray(json)) return fromValues(json.map(scalarOf));
    return typeof value === 'object' ? (value ?? null) : null;
  },
  pure: true,
  examples: [
    { expression: 'tomv(json_array("a", "b"))', result: ['a', 'b'] },
    { title: 'a multivalue', expression: 'tomv(m)', fields: { m: ['a', 'b'] }, result: ['a', 'b'] },
    { title: 'anything else', expression: 'tomv("a")', result: null },
  ],
});
