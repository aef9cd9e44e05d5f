// The eval function true.
import { defineFunction } from './function.js';

export const trueFunction = defineFunction({
  name: 'true',
  summary: 'Gives true, as the last condition of case for example.',
  source: 'Comparison and Conditional functions',
  usage: 'true()',
  parameters: { min: 0, max: 0 },
  returns: 'boolean',
  nulls: 'receive',
  style: 'eager',
  evaluate: () => true,
  pure: true,
  examples: [{ expression: 'true()', result: true }],
});
