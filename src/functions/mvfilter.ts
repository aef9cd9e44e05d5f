// The eval function mvfilter.
import { fromValues, valuesOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';

export const mvfilter = defineFunction({
  name: 'mvfilter',
  summary: 'Keeps the values of a field for which a condition on that field is true; null when none is left.',
  source: 'Multivalue eval functions',
  usage: 'mvfilter(<predicate>)',
  parameters: { min: 1, max: 1 },
  returns: 'multivalue',
  nulls: 'receive',
  style: 'expression',
  evaluateEach: (value, each) => fromValues(valuesOf(value).filter((item) => each(item) === true)),
  pure: true,
  examples: [
    {
      expression: 'mvfilter(match(email, "\\.net$"))',
      fields: { email: ['a@x.net', 'b@x.com', 'c@y.net'] },
      result: ['a@x.net', 'c@y.net'],
    },
    { title: 'none is left', expression: 'mvfilter(v>10)', fields: { v: ['5', '7'] }, result: null },
    {
      title: 'numbers compare as numbers',
      expression: 'mvfilter(v>10)',
      fields: { v: ['5', '50', '500'] },
      result: ['50', '500'],
    },
  ],
});
