// The eval function rtrim.
import { mapText } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { trimSet } from './trim-set.js';

export const rtrim = defineFunction({
  name: 'rtrim',
  summary: 'Removes characters of a set, or blanks and tabs, from the right side of a text.',
  source: 'Text functions',
  usage: 'rtrim(<str>,<trim_chars>)',
  parameters: { min: 1, max: 2 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, characters) => mapText(value, (text) => trimSet(text, characters, false, true)),
  pure: true,
  examples: [
    { expression: 'rtrim(" ZZZZabcZZ ", " Z")', result: ' ZZZZabc' },
    { title: 'blanks without a set', expression: 'rtrim(s)', fields: { s: '\t ab ' }, result: '\t ab' },
  ],
});
