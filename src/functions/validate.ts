// The eval function validate.
import { defineFunction } from './function.js';

export const validate = defineFunction({
  name: 'validate',
  summary: 'Gives the value that belongs to the first condition that is not true, or null when all are.',
  source: 'Comparison and Conditional functions',
  usage: 'validate(<condition>,<value>,...)',
  parameters: { min: 2, max: Number.POSITIVE_INFINITY, pairs: true },
  returns: 'any',
  nulls: 'receive',
  style: 'lazy',
  evaluateLazy: (args) => {
    for (let i = 0; i + 1 < args.length; i += 2) if (args[i]?.() !== true) return args[i + 1]?.() ?? null;
    return null;
  },
  pure: true,
  examples: [
    {
      expression: 'validate(isint(port), "not an integer", port >= 1, "too small")',
      fields: { port: 'http' },
      result: 'not an integer',
    },
    {
      expression: 'validate(isint(port), "not an integer", port >= 1, "too small")',
      fields: { port: 0 },
      result: 'too small',
    },
    {
      expression: 'validate(isint(port), "not an integer", port >= 1, "too small")',
      fields: { port: 443 },
      result: null,
    },
  ],
});
