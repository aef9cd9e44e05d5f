// The checksum of gzip: as zlib has it, and of two stretches as of the whole.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32, joinedCrc, shiftOf } from '../../../src/app/crc32.js';

test('the checksum of "123456789" is the one that catalogues of CRCs list', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
});

test('the checksums of two stretches tell that of both', () => {
  const bytes = fc.uint8Array({ maxLength: 5000, size: 'max' });
  fc.assert(
    fc.property(bytes, bytes, (first, second) => {
      expect(joinedCrc(crc32(first), crc32(second), shiftOf(second.length))).toBe(
        crc32(Buffer.concat([first, second])),
      );
    }),
  );
});
