// The eval function mvsort.
import { valuesOf } from '../runtime/multivalue.js';
import { formatScalar } from '../runtime/number.js';
import { defineFunction } from './function.js';

function compare(a: string | number, b: string | number): number {
  const x = formatScalar(a);
  const y = formatScalar(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export const mvsort = defineFunction({
  name: 'mvsort',
  summary: 'Sorts the values of a field by their characters: digits before upper case before lower case.',
  source: 'Multivalue eval functions',
  usage: 'mvsort(<mv>)',
  parameters: { min: 1, max: 1 },
  returns: 'multivalue',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) =>
    typeof value === 'object' && value !== null ? [...valuesOf(value)].sort(compare) : (value ?? null),
  pure: true,
  examples: [
    { expression: 'mvsort(split("10,9,70,100", ","))', result: ['10', '100', '70', '9'] },
    {
      expression: 'mvsort(split("banana,apple,Cherry,7up", ","))',
      result: ['7up', 'Cherry', 'apple', 'banana'],
    },
  ],
});
