// The eval function bit_or.
import { joinBits } from './bits.js';
import { defineFunction } from './function.js';

export const bit_or = defineFunction({
  name: 'bit_or',
  summary: 'Gives the bits that are set in any argument.',
  source: 'Bitwise functions',
  usage: 'bit_or(<values>)',
  parameters: { min: 2, max: Number.POSITIVE_INFINITY },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, ...args) => joinBits(args, (a, b) => a | b),
  pure: true,
  examples: [
    { expression: 'bit_or(9, 5)', result: 13 },
    { title: 'beyond 53 bits', expression: 'bit_or(9007199254740992, 1)', result: null },
  ],
});
