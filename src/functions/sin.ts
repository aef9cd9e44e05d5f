// The eval function sin.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const sin = defineFunction({
  name: 'sin',
  summary: 'Gives the sine of a number in radians.',
  source: 'Trig and Hyperbolic functions',
  usage: 'sin(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.sin),
  pure: true,
  examples: [{ expression: 'sin(1)', result: Math.sin(1) }],
});
