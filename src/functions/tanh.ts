// The eval function tanh.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const tanh = defineFunction({
  name: 'tanh',
  summary: 'Gives the hyperbolic tangent of a number in radians.',
  source: 'Trig and Hyperbolic functions',
  usage: 'tanh(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.tanh),
  pure: true,
  examples: [{ expression: 'tanh(1)', result: Math.tanh(1) }],
});
