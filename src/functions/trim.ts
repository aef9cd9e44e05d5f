// The eval function trim.
import { mapText } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { trimSet } from './trim-set.js';

export const trim = defineFunction({
  name: 'trim',
  summary: 'Removes characters of a set, or blanks and tabs, from both sides of a text.',
  source: 'Text functions',
  usage: 'trim(<str>,<trim_chars>)',
  parameters: { min: 1, max: 2 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, characters) => mapText(value, (text) => trimSet(text, characters, true, true)),
  pure: true,
  examples: [
    { expression: 'trim(" ZZZZabcZZ ", " Z")', result: 'abc' },
    { title: 'blanks without a set', expression: 'trim(s)', fields: { s: '\t ab ' }, result: 'ab' },
  ],
});
