// The eval function mvindex.
import { fromValues, valuesOf } from '../runtime/multivalue.js';
import { toNumber } from '../runtime/number.js';
import type { FieldValue, Scalar } from '../runtime/value.js';
import { defineFunction } from './function.js';

function at(value: FieldValue, start: number, end: number | undefined): FieldValue {
  const values = valuesOf(value);
  const size = values.length;
  const from = Math.trunc(start) < 0 ? size + Math.trunc(start) : Math.trunc(start);
  if (end === undefined) return from >= 0 && from < size ? (values[from] as Scalar) : null;
  const to = Math.trunc(end) < 0 ? size + Math.trunc(end) : Math.trunc(end);
  if (Number.isNaN(from) || Number.isNaN(to) || from > to || to < 0 || from >= size) return null;
  return fromValues(values.slice(Math.max(0, from), to + 1));
}

export const mvindex = defineFunction({
  name: 'mvindex',
  summary:
    'Gives the value at an index, or the values from one index to another; negative indexes count from the end.',
  source: 'Multivalue eval functions',
  usage: 'mvindex(<mv>,<start>,<end>)',
  parameters: { min: 2, max: 3 },
  returns: 'any',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, start, end) => {
    if (value === null || value === undefined) return null;
    const from = toNumber(start);
    return Number.isNaN(from) ? null : at(value, from, end === undefined ? undefined : toNumber(end));
  },
  pure: true,
  examples: [
    { expression: 'mvindex(p, -1)', fields: { p: ['a', 'b', 'c'] }, result: 'c' },
    { expression: 'mvindex(p, 0, 1)', fields: { p: ['a', 'b', 'c'] }, result: ['a', 'b'] },
    { expression: 'mvindex(p, -2, -1)', fields: { p: ['a', 'b', 'c'] }, result: ['b', 'c'] },
    { title: 'no such value', expression: 'mvindex(p, 5)', fields: { p: ['a', 'b'] }, result: null },
    { title: 'one value is a list of one', expression: 'mvindex(p, 0)', fields: { p: 'a' }, result: 'a' },
  ],
});
