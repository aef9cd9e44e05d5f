// The eval function bit_shift_right.
import { bitsOf } from './bits.js';
import { defineFunction } from './function.js';

export const bit_shift_right = defineFunction({
  name: 'bit_shift_right',
  summary: 'Moves the bits of a number to the right.',
  source: 'Bitwise functions',
  usage: 'bit_shift_right(<value>,<shift_offset>)',
  parameters: { min: 2, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, offset) => {
    const bits = bitsOf(value);
    const by = bitsOf(offset);
    if (bits === null || by === null) return null;
    return by > 53n ? 0 : Number(bits >> by);
  },
  pure: true,
  examples: [
    { expression: 'bit_shift_right(4, 1)', result: 2 },
    { expression: 'bit_shift_right(1, 60)', result: 0 },
  ],
});
