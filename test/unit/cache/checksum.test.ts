// The checksum of a file of the cache: of its bytes, however they lie in pieces.
import { expect, test } from 'vitest';
import { checksum } from '../../../src/cache/cache-file.js';

test.each([[['abc', 'def']], [['', 'abcdef']], [['abcdef', '']], [['abc', '', '', 'def']]])(
  'the checksum of %j is that of "abcdef"',
  (pieces) => {
    expect(checksum(...pieces.map((piece) => Buffer.from(piece)))).toBe(checksum(Buffer.from('abcdef')));
  },
);
