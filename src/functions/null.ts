// The eval function null.
import { defineFunction } from './function.js';

export const nullFunction = defineFunction({
  name: 'null',
  summary: 'Gives null: a field that is set to it is removed.',
  source: 'Comparison and Conditional functions',
  usage: 'null()',
  parameters: { min: 0, max: 0 },
  returns: 'any',
  nulls: 'receive',
  style: 'eager',
  evaluate: () => null,
  pure: true,
  examples: [{ expression: 'null()', result: null }],
});
