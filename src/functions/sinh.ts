// The eval function sinh.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const sinh = defineFunction({
  name: 'sinh',
  summary: 'Gives the hyperbolic sine of a number in radians.',
  source: 'Trig and Hyperbolic functions',
  usage: 'sinh(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.sinh),
  pure: true,
  examples: [{ expression: 'sinh(1)', result: Math.sinh(1) }],
});
