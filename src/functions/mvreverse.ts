// The eval function mvreverse.
import { valuesOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';

export const mvreverse = defineFunction({
  name: 'mvreverse',
  summary: 'Gives the values of a field in reverse order.',
  source: 'Multivalue eval functions',
  usage: 'mvreverse(<mv>)',
  parameters: { min: 1, max: 1 },
  returns: 'multivalue',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) =>
    typeof value === 'object' && value !== null ? [...valuesOf(value)].reverse() : (value ?? null),
  pure: true,
  examples: [{ expression: 'mvreverse(split("1,2,3", ","))', result: ['3', '2', '1'] }],
});
