// The eval function ln.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const ln = defineFunction({
  name: 'ln',
  summary: 'Gives the natural logarithm of a number.',
  source: 'Mathematical functions',
  usage: 'ln(<num>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.log),
  pure: true,
  examples: [
    { expression: 'ln(1)', result: 0 },
    { title: 'of zero', expression: 'ln(0)', result: '-inf' },
  ],
});
