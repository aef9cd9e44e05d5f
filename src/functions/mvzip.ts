// The eval function mvzip.
import { fromValues, textOf, valuesOf } from '../runtime/multivalue.js';
import { formatScalar } from '../runtime/number.js';
import type { Scalar } from '../runtime/value.js';
import { defineFunction } from './function.js';

export const mvzip = defineFunction({
  name: 'mvzip',
  summary: 'Joins the first values of two fields, then the second, and so on, up to the end of the shorter.',
  source: 'Multivalue eval functions',
  usage: 'mvzip(<mv_left>,<mv_right>,<delim>)',
  parameters: { min: 2, max: 3 },
  returns: 'multivalue',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, left, right, delimiter) => {
    const by = delimiter === undefined ? ',' : textOf(delimiter);
    if (by === null) return null;
    const a = valuesOf(left);
    const b = valuesOf(right);
    const out: Scalar[] = [];
    for (let i = 0; i < a.length && i < b.length; i++) {
      out.push(formatScalar(a[i] as Scalar) + by + formatScalar(b[i] as Scalar));
    }
    return fromValues(out);
  },
  pure: true,
  examples: [
    { expression: 'mvzip(a, b)', fields: { a: ['x', 'y'], b: ['1', '2'] }, result: ['x,1', 'y,2'] },
    {
      title: 'another delimiter',
      expression: 'mvzip(a, b, "|")',
      fields: { a: ['x', 'y'], b: ['1', '2'] },
      result: ['x|1', 'y|2'],
    },
    {
      title: 'the shorter ends it',
      expression: 'mvzip(a, b)',
      fields: { a: ['x', 'y', 'z'], b: ['1', '2'] },
      result: ['x,1', 'y,2'],
    },
  ],
});
