// The app as a .tar.gz whose bytes depend on its files alone: fixed order, owners, modes and times.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, deflateRaw, deflateRawSync } from 'node:zlib';
import type { Fragment } from '../output/fragments.js';
import { bytesOf, lengthOf, type OutputFile, SplicedFile, stretchesOf } from '../output/output-file.js';
import { crc32, joinedCrc, shiftOf } from './crc32.js';

const deflate = promisify(deflateRaw);
const block = 512;

/**
 * Finds a compressed part of an earlier archive by the hash of what it holds; `make` compresses it where its bytes are
 * lost.
 */
export type FindPart = (hash: string, make: () => Uint8Array) => Fragment | undefined;

/**
 * Packs files into a gzip-compressed ustar archive with one entry for each folder (755) and file (644), sorted by
 * path, owned by root. It is compressed in parts, which the result has as its fragments.
 *
 * @param path   of the archive
 * @param files  paths with `/`, unique
 * @param epoch  time of every entry, in seconds since 1970
 * @param find   finds parts of an earlier archive
 * @param hashOf tells the bytes of a file without fragments, which are read only where a part is compressed
 */
export async function packArchive(
  path: string,
  files: readonly OutputFile[],
  epoch: number,
  find: FindPart = () => undefined,
  hashOf: (file: OutputFile) => string = (file) => sha(bytesOf(file)),
): Promise<OutputFile> {
  const parts = tar(files, epoch, hashOf);
  const fragments = await Promise.all(
    parts.map(
      (part) => find(part.hash(), () => deflateRawSync(part.bytes(), deflateOptions)) ?? compress(part),
    ),
  );
  const start = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  const end = Buffer.alloc(8);
  const notes = fragments.map(({ note }) => note as Note);
  end.writeUInt32LE(
    notes.reduce((crc, note) => joinedCrc(crc, note.crc, note.shift), 0),
    0,
  );
  end.writeUInt32LE(notes.reduce((sum, { length }) => sum + length, 0) % 2 ** 32, 4);
  const between = fragments.map((_, index) => (index === 0 ? start : Buffer.alloc(0)));
  return new SplicedFile(path, [...between, Buffer.concat([lastBlock, end])], fragments);
}

/** An empty block of deflate that says it is the last. */
const lastBlock = Buffer.from([3, 0]);

/** What is known of a part beside its compressed bytes: checksum, number, and `shiftOf` it, of those that are compressed. */
interface Note {
  readonly crc: number;
  readonly length: number;
  readonly shift: number;
}

const sha = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('base64url');

/** A part of the archive, which is compressed on its own. */
class Part {
  readonly #pieces: (() => Uint8Array)[] = [];
  /** Tells all that has been added. */
  #told = '';
  #hash: string | undefined;

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    // To hash many short ones one by one takes longer.
    const told = bytes.length <= 2 * block ? Buffer.from(bytes).toString('latin1') : sha(bytes);
    this.#push(`bytes ${bytes.length} ${told}`, () => bytes);
  }

  /** Adds the header of an entry. */
  addHeader(path: string, size: number, epoch: number): void {
    this.#push(`header ${size} ${epoch} ${path.length} ${path}`, () => header(path, size, epoch));
  }

  addZeros(length: number): void {
    if (length > 0) this.#push(`zeros ${length}`, () => Buffer.alloc(length));
  }

  /** Adds a stretch of a file without fragments. */
  addStretch(file: OutputFile, hash: string, start: number, end: number): void {
    if (end > start) this.#push(`stretch ${start} ${end} ${hash}`, () => bytesOf(file).subarray(start, end));
  }

  /** Adds what a key tells, so that the bytes are read only where they are wanted. */
  addFragment(fragment: Fragment, path: string): void {
    if (fragment.key === '') return this.add(fragment.bytes);
    if (fragment.length === 0) return;
    this.#push(`fragment ${fragment.length} ${path} ${fragment.owner} ${fragment.key}`, () => fragment.bytes);
  }

  #push(told: string, bytes: () => Uint8Array): void {
    this.#told += `${told}\n`;
    this.#pieces.push(bytes);
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#pieces.map((piece) => piece()));
  }

  /** Tells what the part holds; nothing can be added afterwards. */
  hash(): string {
    this.#hash ??= createHash('sha1').update(this.#told).digest('base64url');
    return this.#hash;
  }
}

const deflateOptions = { level: 6, memLevel: 9, finishFlush: constants.Z_SYNC_FLUSH };

/**
 * One part as deflate's blocks. It ends at a byte (a sync flush), so that parts can follow one another (RFC 1951), and
 * knows nothing of what stands before it, so that equal parts are equal bytes.
 */
async function compress(part: Part): Promise<Fragment> {
  const whole = part.bytes();
  const bytes = await deflate(whole, deflateOptions);
  const note: Note = { crc: crc32(whole), length: whole.length, shift: shiftOf(whole.length) };
  return { owner: part.hash(), key: '', bytes, length: bytes.length, note };
}

/** Bytes of a file that is no text of fragments which make a part. */
const stretch = 256 * 1024;

/**
 * The uncompressed archive. Where a part ends depends on the names of files and of fragments' owners, and in larger
 * files on the offset, but on nothing that stands in another part: a change makes few parts new.
 */
function tar(files: readonly OutputFile[], epoch: number, hashOf: (file: OutputFile) => string): Part[] {
  const entries = new Map<string, OutputFile | undefined>();
  for (const file of files) {
    const names = file.path.split('/');
    for (let depth = 1; depth < names.length; depth++)
      entries.set(`${names.slice(0, depth).join('/')}/`, undefined);
    entries.set(file.path, file);
  }
  const parts = [new Part()];
  const cut = () => {
    if (!parts.at(-1)!.isEmpty) parts.push(new Part());
  };
  const put = (bytes: Uint8Array) => parts.at(-1)!.add(bytes);
  for (const [path, file] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const length = file === undefined ? 0 : lengthOf(file);
    const isLarge = length > stretch;
    if (isLarge || endsPart(path, 8)) cut();
    parts.at(-1)!.addHeader(path, length, epoch);
    if (file?.fragments !== undefined) {
      for (const [index, between] of stretchesOf(file).entries()) {
        put(between);
        const fragment = file.fragments[index];
        if (fragment === undefined) continue;
        parts.at(-1)!.addFragment(fragment, path);
        cut();
      }
    } else if (file !== undefined) {
      const hash = hashOf(file);
      let from = 0;
      for (; length - from > stretch; from += stretch) {
        parts.at(-1)!.addStretch(file, hash, from, from + stretch);
        cut();
      }
      parts.at(-1)!.addStretch(file, hash, from, length);
    }
    if (length % block !== 0) parts.at(-1)!.addZeros(block - (length % block));
    if (isLarge) cut();
  }
  parts.at(-1)!.addZeros(2 * block);
  return parts;
}

/** Whether a part ends at a name: at one in so many, always the same. */
function endsPart(name: string, one: number): boolean {
  let sum = 0;
  for (let at = 0; at < name.length; at++) sum = (Math.imul(sum, 31) + name.charCodeAt(at)) >>> 0;
  return (sum >>> 8) % one === 0;
}

/** The header of an entry; a name that does not fit ustar's fields goes before it as a pax record (POSIX.1-2001). */
function header(path: string, size: number, epoch: number): Buffer {
  const type = path.endsWith('/') ? '5' : '0';
  const mode = type === '5' ? 0o755 : 0o644;
  const fit = splitName(path);
  if (fit !== undefined) return ustar(fit, { size, mode, type, epoch });
  const record = paxRecord('path', path);
  const padding = Buffer.alloc((block - (record.length % block)) % block);
  return Buffer.concat([
    ustar({ name: 'pax-header', prefix: '' }, { size: record.length, mode: 0o644, type: 'x', epoch }),
    record,
    padding,
    ustar(
      { name: Buffer.from(path).subarray(-100).toString('latin1'), prefix: '' },
      { size, mode, type, epoch },
    ),
  ]);
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

function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) sum += bytes[at]!;
  return sum;
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
  bytes.write(`${sumOf(bytes).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}
