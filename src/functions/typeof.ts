// The eval function typeof.
import type { FieldValue } from '../runtime/value.js';
import { defineFunction } from './function.js';
import { firstReadsAsNumber, numberIn } from './kinds.js';

function kindOf(value: FieldValue | undefined, textCounts: boolean): string {
  if (value === null || value === undefined) return 'Invalid';
  if (typeof value === 'boolean') return 'Bool';
  if (typeof value === 'object') return 'Multivalue';
  return numberIn(value, textCounts) === null ? 'String' : 'Number';
}

export const typeofFunction = defineFunction({
  name: 'typeof',
  summary: 'Names the kind of a value: Number, String, Bool, Multivalue, or Invalid for null.',
  source: 'Informational functions',
  usage: 'typeof(<value>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, value) => kindOf(value, true),
  prepare: (shapes) => {
    const textCounts = firstReadsAsNumber(shapes);
    return (_context, value) => kindOf(value, textCounts);
  },
  pure: true,
  examples: [
    { expression: 'typeof(12)', result: 'Number' },
    { expression: 'typeof("string")', result: 'String' },
    { expression: 'typeof(1==2)', result: 'Bool' },
    { expression: 'typeof(badfield)', result: 'Invalid' },
    {
      title: 'a field that reads as a number',
      expression: 'typeof(f)',
      fields: { f: '12' },
      result: 'Number',
    },
  ],
});
