// The eval function case.
import { defineFunction } from './function.js';

export const caseFunction = defineFunction({
  name: 'case',
  summary: 'Gives the value that belongs to the first true condition, or null when none is true.',
  source: 'Comparison and Conditional functions',
  usage: 'case(<condition>,<value>,...)',
  parameters: { min: 2, max: Number.POSITIVE_INFINITY, pairs: true },
  returns: 'any',
  nulls: 'receive',
  style: 'lazy',
  evaluateLazy: (args) => {
    for (let i = 0; i + 1 < args.length; i += 2) if (args[i]?.() === true) return args[i + 1]?.() ?? null;
    return null;
  },
  pure: true,
  examples: [
    { expression: 'case(x>1, "a", x>2, "b")', fields: { x: 5 }, result: 'a' },
    { title: 'no condition holds', expression: 'case(x>1, "a", x>2, "b")', fields: { x: 0 }, result: null },
    { title: 'a default', expression: 'case(x>1, "a", true(), "other")', fields: { x: 0 }, result: 'other' },
  ],
});
