// The eval function floor.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const floor = defineFunction({
  name: 'floor',
  summary: 'Rounds a number down to the next whole number.',
  source: 'Mathematical functions',
  usage: 'floor(<num>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.floor),
  pure: true,
  examples: [
    { expression: 'floor(1.9)', result: 1 },
    { expression: 'floor(-1.1)', result: -2 },
  ],
});
