// The eval function random.
import { defineFunction } from './function.js';

export const random = defineFunction({
  name: 'random',
  summary: 'Gives a random whole number from 0 to 2147483647.',
  source: 'Statistical eval functions',
  usage: 'random()',
  parameters: { min: 0, max: 0 },
  returns: 'number',
  nulls: 'receive',
  style: 'eager',
  evaluate: (context) => Math.floor(context.random() * 2147483648),
  pure: false,
  differences: ['Every run of a search draws the same numbers.'],
  examples: [],
});
