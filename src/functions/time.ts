// The eval function time.
import { defineFunction } from './function.js';

export const time = defineFunction({
  name: 'time',
  summary: 'Gives the wall-clock time in epoch seconds with a fraction.',
  source: 'Date and Time functions',
  usage: 'time()',
  parameters: { min: 0, max: 0 },
  returns: 'number',
  nulls: 'receive',
  style: 'eager',
  evaluate: (context) => context.now,
  pure: false,
  differences: ['The clock stands still during a run, so that results can be repeated.'],
  examples: [{ expression: 'time()', now: 1668594923.5, result: 1668594923.5 }],
});
