// The eval function atan2.
import { defineFunction } from './function.js';
import { ofNumbers } from './numeric.js';

export const atan2 = defineFunction({
  name: 'atan2',
  summary: 'Gives the arc tangent of the quotient of two numbers, in the quadrant of both.',
  source: 'Trig and Hyperbolic functions',
  usage: 'atan2(<Y>,<X>)',
  parameters: { min: 2, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumbers(Math.atan2),
  pure: true,
  examples: [{ expression: 'atan2(0.50, 0.75)', result: Math.atan2(0.5, 0.75) }],
});
