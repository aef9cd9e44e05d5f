// The eval function mvappend.
import { grownValues } from '../runtime/growth.js';
import { fromValues, pushValue } from '../runtime/multivalue.js';
import type { Scalar } from '../runtime/value.js';
import { defineFunction } from './function.js';

export const mvappend = defineFunction({
  name: 'mvappend',
  summary: 'Joins all values of its arguments into one multivalue; nulls are left out.',
  source: 'Multivalue eval functions',
  usage: 'mvappend(<values>)',
  parameters: { min: 1, max: Number.POSITIVE_INFINITY },
  returns: 'multivalue',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, ...values) => {
    const out: Scalar[] = [];
    for (const value of values) pushValue(out, value);
    return fromValues(grownValues(out));
  },
  pure: true,
  examples: [
    { expression: 'mvappend("a", b, "c")', fields: { b: ['x', 'y'] }, result: ['a', 'x', 'y', 'c'] },
    { title: 'null is no value', expression: 'mvappend(nosuch, "a")', result: 'a' },
  ],
});
