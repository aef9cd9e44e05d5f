// The eval function exp.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const exp = defineFunction({
  name: 'exp',
  summary: 'Gives e to the power of a number.',
  source: 'Mathematical functions',
  usage: 'exp(<num>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.exp),
  pure: true,
  examples: [
    { expression: 'exp(3)', result: 20.085536923187668 },
    { title: 'not finite', expression: 'exp(1000)', result: 'inf' },
  ],
});
