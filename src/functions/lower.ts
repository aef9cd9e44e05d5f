// The eval function lower.
import { defineFunction } from './function.js';
import { perText } from './text-function.js';

export const lower = defineFunction({
  name: 'lower',
  summary: 'Gives the text in lower case.',
  source: 'Text functions',
  usage: 'lower(<str>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: perText((text) => text.toLowerCase()),
  pure: true,
  examples: [
    { expression: 'lower("AdminUser")', result: 'adminuser' },
    {
      title: 'each value of a multivalue',
      expression: 'lower(u)',
      fields: { u: ['AB', 'Cd'] },
      result: ['ab', 'cd'],
    },
    { title: 'null stays null', expression: 'lower(u)', result: null },
  ],
});
