// The app as a .tar.gz whose bytes depend on its files alone: fixed order, owners, modes and times.
import { promisify } from 'node:util';
import zlib, { constants, deflateRaw } from 'node:zlib';
import type { OutputFile } from '../output/output-file.js';

const deflate = promisify(deflateRaw);
const block = 512;

/**
 * Packs files into a gzip-compressed ustar archive with one entry for each folder (755) and file (644), sorted by
 * path, owned by root.
 *
 * @param files  paths with `/`, unique
 * @param epoch  time of every entry, in seconds since 1970
 */
export async function packArchive(files: readonly OutputFile[], epoch: number): Promise<Buffer> {
  return gzip(tar(files, epoch));
}

/** The uncompressed archive in pieces. */
function tar(files: readonly OutputFile[], epoch: number): Buffer[] {
  const entries = new Map<string, Buffer | undefined>();
  for (const { path, content } of files) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth++)
      entries.set(`${parts.slice(0, depth).join('/')}/`, undefined);
    entries.set(path, typeof content === 'string' ? Buffer.from(content) : Buffer.from(content));
  }
  const pieces: Buffer[] = [];
  for (const [path, content] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    pieces.push(...header(path, content?.length ?? 0, epoch));
    if (content === undefined) continue;
    pieces.push(content);
    if (content.length % block !== 0) pieces.push(Buffer.alloc(block - (content.length % block)));
  }
  pieces.push(Buffer.alloc(2 * block));
  return pieces;
}

/** The header of an entry; a name that does not fit ustar's fields goes before it as a pax record (POSIX.1-2001). */
function header(path: string, size: number, epoch: number): Buffer[] {
  const type = path.endsWith('/') ? '5' : '0';
  const mode = type === '5' ? 0o755 : 0o644;
  const fit = splitName(path);
  if (fit !== undefined) return [ustar(fit, { size, mode, type, epoch })];
  const record = paxRecord('path', path);
  const padding = Buffer.alloc((block - (record.length % block)) % block);
  return [
    ustar({ name: 'pax-header', prefix: '' }, { size: record.length, mode: 0o644, type: 'x', epoch }),
    record,
    padding,
    ustar(
      { name: Buffer.from(path).subarray(-100).toString('latin1'), prefix: '' },
      { size, mode, type, epoch },
    ),
  ];
}

interface Name {
  readonly name: string;
  readonly prefix: string;
}

/** Name and prefix as latin1 (bytes of the UTF-8 path), or undefined when they need more than 100 and 155 bytes. */
function splitName(path: string): Name | undefined {
  const bytes = Buffer.from(path).toString('latin1');
  if (bytes.length <= 100) return { name: bytes, prefix: '' };
  for (let cut = bytes.indexOf('/'); cut !== -1 && cut < bytes.length - 1; cut = bytes.indexOf('/', cut + 1))
    if (cut <= 155 && bytes.length - cut - 1 <= 100)
      return { name: bytes.slice(cut + 1), prefix: bytes.slice(0, cut) };
  return undefined;
}

/** `<length> key=value\n`, the length counting itself. */
function paxRecord(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  if (bytes + String(length).length !== length) length = bytes + String(length).length;
  return Buffer.from(`${length}${rest}`);
}

interface Fields {
  readonly size: number;
  readonly mode: number;
  readonly type: string;
  readonly epoch: number;
}

function ustar({ name, prefix }: Name, { size, mode, type, epoch }: Fields): Buffer {
  const bytes = Buffer.alloc(block);
  const octal = (value: number, at: number, width: number) =>
    bytes.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1');
  bytes.write(name, 0, 100, 'latin1');
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.max(0, Math.floor(epoch)), 136, 12);
  bytes.fill(' ', 148, 156);
  bytes.write(type, 156, 'latin1');
  bytes.write('ustar\x0000', 257, 'latin1');
  bytes.write('root', 265, 'latin1');
  bytes.write('root', 297, 'latin1');
  bytes.write(prefix, 345, 155, 'latin1');
  bytes.write(
    `${bytes
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
    'latin1',
  );
  return bytes;
}

/** Part of the input that is compressed on its own, so that parts can be compressed side by side. */
const partSize = 512 * 1024;

/**
 * One gzip member (RFC 1952) without time, name and system. Its parts are compressed in zlib's threads; each ends at a
 * byte (a sync flush), so they can follow one another.
 */
async function gzip(pieces: readonly Buffer[]): Promise<Buffer> {
  const input = Buffer.concat(pieces);
  const count = Math.ceil(input.length / partSize);
  const parts = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      deflate(input.subarray(index * partSize, (index + 1) * partSize), {
        level: 6,
        memLevel: 9,
        finishFlush: index === count - 1 ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
      }),
    ),
  );
  const start = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(checksum(input), 0);
  end.writeUInt32LE(input.length % 2 ** 32, 4);
  return Buffer.concat([start, ...parts, end]);
}

/** CRC-32; zlib's own came to Node 20 in 20.15. */
function checksum(input: Buffer): number {
  if (typeof zlib.crc32 === 'function') return zlib.crc32(input);
  const table = new Uint32Array(256).map((_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });
  let crc = 0xffffffff;
  for (const byte of input) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]!;
  return (crc ^ 0xffffffff) >>> 0;
}
