// The eval function atanh.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const atanh = defineFunction({
  name: 'atanh',
  summary: 'Gives the arc hyperbolic tangent of a number.',
  source: 'Trig and Hyperbolic functions',
  usage: 'atanh(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.atanh),
  pure: true,
  examples: [{ expression: 'atanh(0.500)', result: Math.atanh(0.5) }],
});
