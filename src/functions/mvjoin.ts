// The eval function mvjoin.
import { textOf, valuesOf } from '../runtime/multivalue.js';
import { formatScalar } from '../runtime/number.js';
import { defineFunction } from './function.js';

export const mvjoin = defineFunction({
  name: 'mvjoin',
  summary: 'Joins the values of a field into one text with a delimiter between them.',
  source: 'Multivalue eval functions',
  usage: 'mvjoin(<mv>,<delim>)',
  parameters: { min: 2, max: 2 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, delimiter) => {
    const by = textOf(delimiter);
    return value === null || value === undefined || by === null
      ? null
      : valuesOf(value).map(formatScalar).join(by);
  },
  pure: true,
  examples: [
    { expression: 'mvjoin(f, ";")', fields: { f: ['a', 'b', 'c'] }, result: 'a;b;c' },
    { expression: 'mvjoin(mvrange(1,4), " OR ")', result: '1 OR 2 OR 3' },
  ],
});
