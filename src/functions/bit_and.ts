// The eval function bit_and.
import { joinBits } from './bits.js';
import { defineFunction } from './function.js';

export const bit_and = defineFunction({
  name: 'bit_and',
  summary: 'Gives the bits that are set in all arguments.',
  source: 'Bitwise functions',
  usage: 'bit_and(<values>)',
  parameters: { min: 2, max: Number.POSITIVE_INFINITY },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, ...args) => joinBits(args, (a, b) => a & b),
  pure: true,
  examples: [
    { expression: 'bit_and(9, 5)', result: 1 },
    { title: 'beyond 53 bits', expression: 'bit_and(9007199254740992, 1)', result: null },
  ],
});
