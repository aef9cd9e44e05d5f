// The eval function sha512.
import { hashText } from '../runtime/hash.js';
import { defineFunction } from './function.js';
import { perText } from './text-function.js';

export const sha512 = defineFunction({
  name: 'sha512',
  summary: 'Gives the SHA-512 hash of a text in hexadecimal.',
  source: 'Cryptographic functions',
  usage: 'sha512(<str>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: perText((text) => hashText('sha512', text)),
  pure: true,
  examples: [
    {
      expression: 'sha512("Hello World")',
      result:
        '2c74fd17edafd80e8447b0d46741ee243b7eb74dd2149a0ab1b9246fb30382f27e853d8585719e0e67cbda0daa8f51671064615d645ae27acb15bfb1447f459b',
    },
    { title: 'null', expression: 'sha512(nosuch)', result: null },
  ],
});
