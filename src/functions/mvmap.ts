// The eval function mvmap.
import { fromValues, pushValue, valuesOf } from '../runtime/multivalue.js';
import type { Scalar } from '../runtime/value.js';
import { defineFunction } from './function.js';

export const mvmap = defineFunction({
  name: 'mvmap',
  summary: 'Evaluates an expression once for each value of a field and collects the results.',
  source: 'Multivalue eval functions',
  usage: 'mvmap(<mv>,<expression>)',
  parameters: { min: 2, max: 2 },
  returns: 'multivalue',
  nulls: 'receive',
  style: 'expression',
  evaluateEach: (value, each) => {
    const out: Scalar[] = [];
    for (const item of valuesOf(value)) pushValue(out, each(item));
    return fromValues(out);
  },
  pure: true,
  examples: [
    { expression: 'mvmap(r, r*10)', fields: { r: ['1', '2', '3'] }, result: [10, 20, 30] },
    {
      title: 'over an expression',
      expression: 'mvmap(mvindex(r,1,2), r*10)',
      fields: { r: ['1', '2', '3'] },
      result: [20, 30],
    },
    { title: 'null', expression: 'mvmap(r, r*10)', result: null },
  ],
});
