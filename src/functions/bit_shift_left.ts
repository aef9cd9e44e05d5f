// The eval function bit_shift_left.
import { bitsOf, largest } from './bits.js';
import { defineFunction } from './function.js';

export const bit_shift_left = defineFunction({
  name: 'bit_shift_left',
  summary: 'Moves the bits of a number to the left; what leaves the 53 bits is lost.',
  source: 'Bitwise functions',
  usage: 'bit_shift_left(<value>,<shift_offset>)',
  parameters: { min: 2, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, offset) => {
    const bits = bitsOf(value);
    const by = bitsOf(offset);
    if (bits === null || by === null) return null;
    return by > 53n ? 0 : Number((bits << by) & BigInt(largest));
  },
  pure: true,
  examples: [
    { expression: 'bit_shift_left(2, 1)', result: 4 },
    { title: 'lost bits', expression: 'bit_shift_left(3, 52)', result: 4503599627370496 },
  ],
});
