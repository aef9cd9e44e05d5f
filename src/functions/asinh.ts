// The eval function asinh.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const asinh = defineFunction({
  name: 'asinh',
  summary: 'Gives the arc hyperbolic sine of a number.',
  source: 'Trig and Hyperbolic functions',
  usage: 'asinh(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.asinh),
  pure: true,
  examples: [{ expression: 'asinh(1)', result: Math.asinh(1) }],
});
