// The eval function ltrim.
import { mapText } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { trimSet } from './trim-set.js';

export const ltrim = defineFunction({
  name: 'ltrim',
  summary: 'Removes characters of a set, or blanks and tabs, from the left side of a text.',
  source: 'Text functions',
  usage: 'ltrim(<str>,<trim_chars>)',
  parameters: { min: 1, max: 2 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, characters) => mapText(value, (text) => trimSet(text, characters, true, false)),
  pure: true,
  examples: [
    { expression: 'ltrim(" ZZZZabcZZ ", " Z")', result: 'abcZZ ' },
    { title: 'blanks without a set', expression: 'ltrim(s)', fields: { s: '\t ab ' }, result: 'ab ' },
  ],
});
