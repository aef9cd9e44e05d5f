// The eval function cos.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const cos = defineFunction({
  name: 'cos',
  summary: 'Gives the cosine of a number in radians.',
  source: 'Trig and Hyperbolic functions',
  usage: 'cos(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.cos),
  pure: true,
  examples: [{ expression: 'cos(-1)', result: Math.cos(-1) }],
});
