// The eval function acosh.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const acosh = defineFunction({
  name: 'acosh',
  summary: 'Gives the arc hyperbolic cosine of a number.',
  source: 'Trig and Hyperbolic functions',
  usage: 'acosh(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.acosh),
  pure: true,
  examples: [{ expression: 'acosh(2)', result: Math.acosh(2) }],
});
