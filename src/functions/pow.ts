// The eval function pow.
import { defineFunction } from './function.js';
import { ofNumbers } from './numeric.js';

export const pow = defineFunction({
  name: 'pow',
  summary: 'Gives a number to the power of another.',
  source: 'Mathematical functions',
  usage: 'pow(<num>,<exp>)',
  parameters: { min: 2, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumbers(Math.pow),
  pure: true,
  examples: [
    { expression: 'pow(2,10)', result: 1024 },
    { expression: 'pow(4,0.5)', result: 2 },
  ],
});
