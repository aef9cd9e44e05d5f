// The eval function sha256.
import { hashText } from '../runtime/hash.js';
import { defineFunction } from './function.js';
import { perText } from './text-function.js';

export const sha256 = defineFunction({
  name: 'sha256',
  summary: 'Gives the SHA-256 hash of a text in hexadecimal.',
  source: 'Cryptographic functions',
  usage: 'sha256(<str>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: perText((text) => hashText('sha256', text)),
  pure: true,
  examples: [
    {
      expression: 'sha256("Hello World")',
      result: 'a591a6d40bf420404a011733cfb7b190d62c65bf0bcda32b57b277d9ad9f146e',
    },
    { title: 'null', expression: 'sha256(nosuch)', result: null },
  ],
});
