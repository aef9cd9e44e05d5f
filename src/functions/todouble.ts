// The eval function todouble.
import { defineFunction } from './function.js';
import { tonumber } from './tonumber.js';

export const todouble = defineFunction({
  name: 'todouble',
  summary: 'Gives a value as a number.',
  source: 'Conversion functions',
  usage: 'todouble(<value>,<base>)',
  parameters: { min: 1, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (context, value, base) =>
    typeof value === 'boolean'
      ? null
      : (tonumber.evaluate?.(context, value ?? null, ...(base === undefined ? [] : [base])) ?? null),
  pure: true,
  examples: [
    { expression: 'todouble("24.5")', result: 24.5 },
    { title: 'no number', expression: 'todouble("x")', result: null },
  ],
});
