// The eval function exact.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const exact = defineFunction({
  name: 'exact',
  summary: 'Gives the result of a numeric expression with all its digits.',
  source: 'Mathematical functions',
  usage: 'exact(<expression>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber((number) => number),
  pure: true,
  examples: [{ expression: 'exact(3.14 * 2)', result: 6.28 }],
});
