// The eval function md5.
import { hashText } from '../runtime/hash.js';
import { defineFunction } from './function.js';
import { perText } from './text-function.js';

export const md5 = defineFunction({
  name: 'md5',
  summary: 'Gives the MD5 hash of a text in hexadecimal.',
  source: 'Cryptographic functions',
  usage: 'md5(<str>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: perText((text) => hashText('md5', text)),
  pure: true,
  examples: [
    {
      expression: 'md5("Hello World")',
      result: 'b10a8db164e0754105b7a99be72e3fe5',
    },
    { title: 'null', expression: 'md5(nosuch)', result: null },
  ],
});
