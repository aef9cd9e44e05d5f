// The eval function cosh.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const cosh = defineFunction({
  name: 'cosh',
  summary: 'Gives the hyperbolic cosine of a number in radians.',
  source: 'Trig and Hyperbolic functions',
  usage: 'cosh(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.cosh),
  pure: true,
  examples: [{ expression: 'cosh(1)', result: Math.cosh(1) }],
});
