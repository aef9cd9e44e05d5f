// The eval function like.
import { compileLike } from '../runtime/like.js';
import { anyText, textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { constantText } from './shapes.js';

export const like = defineFunction({
  name: 'like',
  summary: 'Whether the whole text matches a pattern in which % is any text and _ one character.',
  source: 'Comparison and Conditional functions',
  usage: 'like(<str>,<pattern>)',
  parameters: { min: 2, max: 2 },
  returns: 'boolean',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, pattern) => {
    const source = textOf(pattern);
    return source === null || value === null || value === undefined
      ? null
      : anyText(value, compileLike(source));
  },
  prepare: (shapes) => {
    const source = constantText(shapes[1]);
    if (source === undefined) return undefined;
    const test = compileLike(source);
    return (_context, value) => (typeof value === 'string' ? test(value) : anyText(value, test));
  },
  pure: true,
  examples: [
    { expression: 'like(ip, "198.%")', fields: { ip: '198.51.100.1' }, result: true },
    { title: 'one character', expression: 'like(f, "c_t")', fields: { f: 'cut' }, result: true },
    { title: 'the whole text', expression: 'like(f, "bar")', fields: { f: 'foobar' }, result: false },
    { title: 'with its case', expression: 'like(f, "adm%")', fields: { f: 'Admin' }, result: false },
    { title: 'a dot is a dot', expression: 'like(f, "a.c")', fields: { f: 'abc' }, result: false },
  ],
});
