// The eval function false.
import { defineFunction } from './function.js';

export const falseFunction = defineFunction({
  name: 'false',
  summary: 'Gives false.',
  source: 'Comparison and Conditional functions',
  usage: 'false()',
  parameters: { min: 0, max: 0 },
  returns: 'boolean',
  nulls: 'receive',
  style: 'eager',
  evaluate: () => false,
  pure: true,
  examples: [{ expression: 'false()', result: false }],
});
