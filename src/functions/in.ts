// The eval function in.
import { valuesOf } from '../runtime/multivalue.js';
import { formatScalar, parseNumber, toNumber } from '../runtime/number.js';
import type { FieldValue, Scalar } from '../runtime/value.js';
import { defineFunction, type Evaluate } from './function.js';

function equal(a: Scalar, b: Scalar): boolean {
  if (a === b) return true;
  const x = toNumber(a);
  if (Number.isNaN(x)) return typeof a === 'string' && typeof b === 'string' && a === b;
  const y = toNumber(b);
  return x === y;
}

const evaluate: Evaluate = (_context, value, ...list) => {
  for (const item of valuesOf(value)) {
    for (const candidate of list) for (const one of valuesOf(candidate)) if (equal(item, one)) return true;
  }
  return false;
};

export const inFunction = defineFunction({
  name: 'in',
  summary: 'Whether a value equals one of a list; numbers compare as numbers, text with its case.',
  source: 'Comparison and Conditional functions',
  usage: 'in(<value>,<list>)',
  parameters: { min: 2, max: Number.POSITIVE_INFINITY },
  returns: 'boolean',
  nulls: 'receive',
  style: 'eager',
  evaluate,
  prepare: (shapes) => {
    // a list of constants becomes one look-up
    const texts = new Set<string>();
    const numbers = new Set<number>();
    for (const shape of shapes.slice(1)) {
      if (shape.kind !== 'constant' || shape.value === null || typeof shape.value === 'object')
        return undefined;
      const text = formatScalar(shape.value);
      texts.add(text);
      const number = parseNumber(text);
      if (!Number.isNaN(number)) numbers.add(number);
    }
    const has = (item: FieldValue | undefined): boolean => {
      if (typeof item === 'number') return numbers.has(item);
      if (typeof item !== 'string') return typeof item === 'boolean' && texts.has(formatScalar(item));
      if (texts.has(item)) return true;
      return numbers.size > 0 && numbers.has(parseNumber(item));
    };
    return (_context, value) => (typeof value === 'object' && value !== null ? value.some(has) : has(value));
  },
  pure: true,
  examples: [
    { expression: 'in(status, "400", "404")', fields: { status: 404 }, result: true },
    { expression: 'in(status, "400", "404")', fields: { status: '200' }, result: false },
    {
      title: 'any value of a multivalue',
      expression: 'in(user, "bob")',
      fields: { user: ['amy', 'bob'] },
      result: true,
    },
    { title: 'null is in no list', expression: 'in(user, "bob")', result: false },
  ],
});
