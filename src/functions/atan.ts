// The eval function atan.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const atan = defineFunction({
  name: 'atan',
  summary: 'Gives the arc tangent of a number.',
  source: 'Trig and Hyperbolic functions',
  usage: 'atan(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.atan),
  pure: true,
  examples: [{ expression: 'atan(0.50)', result: Math.atan(0.5) }],
});
