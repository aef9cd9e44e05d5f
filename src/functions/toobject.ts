// The eval function toobject.
import { stringifyJson } from '../runtime/json.js';
import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

export const toobject = defineFunction({
  name: 'toobject',
  summary: 'Gives a value as a JSON object, or null when it is none.',
  source: 'Conversion functions',
  usage: 'toobject(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    const json = documentOf(value);
    return json instanceof Map ? stringifyJson(json) : null;
  },
  pure: true,
  examples: [
    { expression: 'toobject(j)', fields: { j: '{"a": 1}' }, result: '{"a":1}' },
    { title: 'no object', expression: 'toobject("[1]")', result: null },
  ],
});
