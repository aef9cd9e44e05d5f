// The eval function bit_not.
import { bitsOf, largest } from './bits.js';
import { defineFunction } from './function.js';

export const bit_not = defineFunction({
  name: 'bit_not',
  summary: 'Gives the bits of a mask, all 53 unless given, that are not set in a number.',
  source: 'Bitwise functions',
  usage: 'bit_not(<value>,<bitmask>)',
  parameters: { min: 1, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, mask) => {
    const bits = bitsOf(value);
    const within = mask === undefined ? BigInt(largest) : bitsOf(mask);
    return bits === null || within === null ? null : Number(~bits & within);
  },
  pure: true,
  examples: [
    { expression: 'bit_not(9)', result: 9007199254740982 },
    { title: 'within a mask', expression: 'bit_not(9, 15)', result: 6 },
  ],
});
