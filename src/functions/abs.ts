// The eval function abs.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const abs = defineFunction({
  name: 'abs',
  summary: 'Gives the absolute value of a number.',
  source: 'Mathematical functions',
  usage: 'abs(<num>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.abs),
  pure: true,
  examples: [
    { expression: 'abs(-7.5)', result: 7.5 },
    { title: 'no number', expression: 'abs(n)', fields: { n: 'x' }, result: null },
  ],
});
