// The eval function substr.
import { mapText } from '../runtime/multivalue.js';
import { toNumber } from '../runtime/number.js';
import type { FieldValue } from '../runtime/value.js';
import { defineFunction } from './function.js';

const surrogate = /[\ud800-\udbff]/;

function cut(text: string, start: FieldValue | undefined, length: FieldValue | undefined): string | null {
  const from = Math.trunc(toNumber(start));
  if (Number.isNaN(from)) return null;
  const characters = surrogate.test(text) ? Array.from(text) : null;
  const size = characters === null ? text.length : characters.length;
  // 1 is the first character; a negative start counts from the end
  const begin = from > 0 ? from - 1 : from < 0 ? Math.max(0, size + from) : 0;
  let end = size;
  if (length !== undefined) {
    const count = Math.trunc(toNumber(length));
    if (Number.isNaN(count)) return null;
    end = Math.min(size, begin + Math.max(0, count));
  }
  return characters === null ? text.slice(begin, end) : characters.slice(begin, end).join('');
}

export const substr = defineFunction({
  name: 'substr',
  summary:
    'Gives a part of a text by its first character, counted from 1 or back from the end, and its length.',
  source: 'Text functions',
  usage: 'substr(<str>,<start>,<length>)',
  parameters: { min: 2, max: 3 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, start, length) => mapText(value, (text) => cut(text, start, length)),
  pure: true,
  examples: [
    { expression: 'substr("string", 1, 3)', result: 'str' },
    { title: 'from the end', expression: 'substr("string", -3)', result: 'ing' },
    { title: 'the rest', expression: 'substr("string", 4)', result: 'ing' },
    { title: 'beyond the end', expression: 'substr("abc", 7)', result: '' },
  ],
});
