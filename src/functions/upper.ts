// The eval function upper.
import { defineFunction } from './function.js';
import { perText } from './text-function.js';

export const upper = defineFunction({
  name: 'upper',
  summary: 'Gives the text in upper case.',
  source: 'Text functions',
  usage: 'upper(<str>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: perText((text) => text.toUpperCase()),
  pure: true,
  examples: [{ expression: 'upper("AdminUser")', result: 'ADMINUSER' }],
});
