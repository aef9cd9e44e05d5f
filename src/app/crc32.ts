// CRC-32 as gzip has it (RFC 1952), of bytes and of two stretches whose checksums are known.
import zlib from 'node:zlib';

const polynomial = 0xedb88320;

/** The checksum of some bytes; zlib's own came to Node 20 in 20.15. */
export function crc32(bytes: Uint8Array): number {
  if (typeof zlib.crc32 === 'function') return zlib.crc32(bytes);
  const table = new Uint32Array(256).map((_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value >>> 0;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]!;
  return (crc ^ 0xffffffff) >>> 0;
}

/**
 * The checksum of two stretches, one after the other: that of the first is moved on by the bits of the second, which
 * is a multiplication by a power of x among the polynomials of which a checksum is the remainder.
 *
 * @param shift  `shiftOf` the number of bytes of the second
 */
export function joinedCrc(first: number, second: number, shift: number): number {
  return (product(shift, first) ^ second) >>> 0;
}

/** The product of two remainders; the highest power of x is the lowest bit. */
function product(one: number, other: number): number {
  let sum = 0;
  let shifted = other;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if (one & bit) sum ^= shifted;
    shifted = shifted & 1 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
  }
  return sum >>> 0;
}

/** x to the power of 8, 16, 32 and so on: 2^n bytes at n. */
const powers: number[] = [0x00800000];

/** x to the power of as many bits as some bytes have; to work it out takes many times as long as to use it. */
export function shiftOf(length: number): number {
  let power = 0x80000000;
  for (let [left, at] = [length, 0]; left > 0; left = Math.floor(left / 2), at++) {
    powers[at] ??= product(powers[at - 1]!, powers[at - 1]!);
    if (left % 2 === 1) power = product(powers[at]!, power);
  }
  return power;
}
