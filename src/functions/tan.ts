// The eval function tan.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const tan = defineFunction({
  name: 'tan',
  summary: 'Gives the tangent of a number in radians.',
  source: 'Trig and Hyperbolic functions',
  usage: 'tan(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.tan),
  pure: true,
  examples: [{ expression: 'tan(1)', result: Math.tan(1) }],
});
