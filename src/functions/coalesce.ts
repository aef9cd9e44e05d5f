// The eval function coalesce.
import { defineFunction } from './function.js';

export const coalesce = defineFunction({
  name: 'coalesce',
  aliases: ['ifnull'],
  summary: 'Gives the first argument that is not null.',
  source: 'Comparison and Conditional functions',
  usage: 'coalesce(<values>)',
  parameters: { min: 1, max: Number.POSITIVE_INFINITY },
  returns: 'any',
  nulls: 'receive',
  style: 'lazy',
  evaluateLazy: (args) => {
    for (const arg of args) {
      const value = arg();
      if (value !== null && value !== undefined) return value;
    }
    return null;
  },
  pure: true,
  examples: [
    { expression: 'coalesce(a, b)', fields: { b: 'x' }, result: 'x' },
    {
      title: 'the empty text is a value',
      expression: 'coalesce(a, "fallback")',
      fields: { a: '' },
      result: '',
    },
    { expression: 'coalesce(a, b)', result: null },
  ],
});
