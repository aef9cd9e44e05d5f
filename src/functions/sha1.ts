// The eval function sha1.
import { hashText } from '../runtime/hash.js';
import { defineFunction } from './function.js';
import { perText } from './text-function.js';

export const sha1 = defineFunction({
  name: 'sha1',
  summary: 'Gives the SHA-1 hash of a text in hexadecimal.',
  source: 'Cryptographic functions',
  usage: 'sha1(<str>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: perText((text) => hashText('sha1', text)),
  pure: true,
  examples: [
    {
      expression: 'sha1("Hello World")',
      result: '0a4d55a8d778e5022fab701977c5d840bbc486d0',
    },
    { title: 'null', expression: 'sha1(nosuch)', result: null },
  ],
});
