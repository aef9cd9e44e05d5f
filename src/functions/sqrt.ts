// The eval function sqrt.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const sqrt = defineFunction({
  name: 'sqrt',
  summary: 'Gives the square root of a number.',
  source: 'Mathematical functions',
  usage: 'sqrt(<num>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.sqrt),
  pure: true,
  examples: [
    { expression: 'sqrt(9)', result: 3 },
    { title: 'no root', expression: 'sqrt(-1)', result: 'nan' },
  ],
});
