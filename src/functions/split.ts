// The eval function split.
import { grownValues } from '../runtime/growth.js';
import { fromValues, pushValue, textOf, valuesOf } from '../runtime/multivalue.js';
import { formatScalar } from '../runtime/number.js';
import type { Scalar } from '../runtime/value.js';
import { defineFunction } from './function.js';

function pieces(text: string, delimiter: string): string[] {
  return grownValues(delimiter === '' ? Array.from(text) : text.split(delimiter));
}

export const split = defineFunction({
  name: 'split',
  summary: 'Splits text at a delimiter into a multivalue; an empty delimiter gives the characters.',
  source: 'Multivalue eval functions',
  usage: 'split(<str>,<delim>)',
  parameters: { min: 2, max: 2 },
  returns: 'multivalue',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, delimiter) => {
    const by = textOf(delimiter);
    if (value === null || value === undefined || by === null) return null;
    if (typeof value === 'string') return fromValues(pieces(value, by));
    const out: Scalar[] = [];
    for (const item of valuesOf(value))
      for (const piece of pieces(formatScalar(item), by)) pushValue(out, piece);
    return fromValues(out);
  },
  pure: true,
  examples: [
    { expression: 'split("a;b;c", ";")', result: ['a', 'b', 'c'] },
    { title: 'more than one character', expression: 'split("name::value", "::")', result: ['name', 'value'] },
    { title: 'empty delimiter', expression: 'split("abc", "")', result: ['a', 'b', 'c'] },
    { title: 'no delimiter in the text', expression: 'split("abc", ",")', result: 'abc' },
    { title: 'empty values stay', expression: 'split("a,,b", ",")', result: ['a', '', 'b'] },
  ],
});
