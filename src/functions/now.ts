// The eval function now.
import { defineFunction } from './function.js';

export const now = defineFunction({
  name: 'now',
  summary: 'Gives the time at which the search started, in epoch seconds.',
  source: 'Date and Time functions',
  usage: 'now()',
  parameters: { min: 0, max: 0 },
  returns: 'number',
  nulls: 'receive',
  style: 'eager',
  evaluate: (context) => Math.floor(context.now),
  pure: false,
  examples: [{ expression: 'now()', now: 1668594923, result: 1668594923 }],
});
