// The eval function hypot.
import { defineFunction } from './function.js';
import { ofNumbers } from './numeric.js';

export const hypot = defineFunction({
  name: 'hypot',
  summary: 'Gives the hypotenuse of a right triangle with two given sides.',
  source: 'Trig and Hyperbolic functions',
  usage: 'hypot(<X>,<Y>)',
  parameters: { min: 2, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumbers(Math.hypot),
  pure: true,
  examples: [{ expression: 'hypot(3,4)', result: 5 }],
});
