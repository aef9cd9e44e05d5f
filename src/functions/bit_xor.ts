// The eval function bit_xor.
import { joinBits } from './bits.js';
import { defineFunction } from './function.js';

export const bit_xor = defineFunction({
  name: 'bit_xor',
  summary: 'Gives the bits that are set in an odd number of arguments.',
  source: 'Bitwise functions',
  usage: 'bit_xor(<values>)',
  parameters: { min: 2, max: Number.POSITIVE_INFINITY },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, ...args) => joinBits(args, (a, b) => a ^ b),
  pure: true,
  examples: [
    { expression: 'bit_xor(9, 5)', result: 12 },
    { title: 'beyond 53 bits', expression: 'bit_xor(9007199254740992, 1)', result: null },
  ],
});
