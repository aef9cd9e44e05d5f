// The eval function len.
import { textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';

/** Characters of a text, not UTF-16 units. */
function countCharacters(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0xd800 && c <= 0xdbff && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) count--;
  }
  return count;
}

export const len = defineFunction({
  name: 'len',
  aliases: ['length'],
  summary: 'Counts the characters of a text.',
  source: 'Text functions',
  usage: 'len(<str>) or length(<str>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    if (typeof value === 'string') return countCharacters(value);
    // a multivalue has no length (Text functions, len)
    return typeof value === 'object' ? null : countCharacters(textOf(value) ?? '');
  },
  pure: true,
  examples: [
    { expression: 'len("abc")', result: 3 },
    { title: 'the empty text is not null', expression: 'len("")', result: 0 },
    { title: 'characters, not bytes', expression: 'len(s)', fields: { s: 'Preços😀' }, result: 7 },
    { title: 'a number has the length of its text', expression: 'len(12345)', result: 5 },
  ],
});
