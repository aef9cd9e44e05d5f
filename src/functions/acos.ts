// The eval function acos.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const acos = defineFunction({
  name: 'acos',
  summary: 'Gives the arc cosine of a number.',
  source: 'Trig and Hyperbolic functions',
  usage: 'acos(<X>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber(Math.acos),
  pure: true,
  examples: [{ expression: 'acos(0)', result: Math.acos(0) }],
});
