// The eval function asin.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const asin = defineFunction({
  name: 'asin',
  summary: 'Gives the arc sine of a number.',
  source: 'Trig and Hyperbolic functions',
  usage: 'asin(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.asin),
  pure: true,
  examples: [{ expression: 'asin(1)', result: Math.asin(1) }],
});
