// Reads tar archives as a stream, one member after the other.
import type { Buffer } from 'node:buffer';
import { asBuffer, type ByteSource } from './bytes.js';

/** A regular file in an archive. Its bytes must be read, or left, before the next member is asked for. */
export interface TarMember {
  readonly name: string;
  /** Epoch seconds. */
  readonly modified: number;
  readonly source: ByteSource;
}

/** Thrown when an archive is damaged; the message is a plain sentence without the archive's name. */
export class ArchiveError extends Error {}

const BLOCK = 512;
// Longer names or extended headers are not met outside of attacks.
const MAX_HEADER_BYTES = 1 << 20;

class BlockReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(source: ByteSource) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /** Returns up to `most` bytes, null at the end. */
  async some(most: number): Promise<Uint8Array | null> {
    while (this.#at === this.#chunk.length) {
      const next = await this.#iterator.next();
      if (next.done) return null;
      this.#chunk = next.value;
      this.#at = 0;
    }
    const end = Math.min(this.#chunk.length, this.#at + most);
    const part = this.#chunk.subarray(this.#at, end);
    this.#at = end;
    return part;
  }

  async exactly(size: number): Promise<Buffer | null> {
    const parts: Uint8Array[] = [];
    let left = size;
    while (left > 0) {
      const part = await this.some(left);
      if (part === null) {
        if (left === size) return null;
        throw new ArchiveError('the archive is cut off');
      }
      parts.push(Uint8Array.from(part));
      left -= part.length;
    }
    return asBuffer(parts.length === 1 ? parts[0]! : concat(parts, size));
  }

  async skip(size: number): Promise<void> {
    for (let left = size; left > 0; ) {
      const part = await this.some(left);
      if (part === null) return;
      left -= part.length;
    }
  }
}

function concat(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function textField(header: Buffer, from: number, size: number): string {
  const end = header.indexOf(0, from);
  return header.toString('utf8', from, end < 0 || end > from + size ? from + size : end);
}

// Sizes are octal text or, from 8 GiB on, base 256 with the first bit set.
function numberField(header: Buffer, from: number, size: number): number {
  if ((header[from]! & 0x80) === 0) {
    return Number.parseInt(textField(header, from, size).trim() || '0', 8);
  }
  let value = header[from]! & 0x7f;
  for (let i = 1; i < size; i++) value = value * 256 + header[from + i]!;
  return value;
}

/** True when a block is a tar header: its checksum says so. */
export function isTarHeader(header: Buffer): boolean {
  if (header.length < BLOCK || header[0] === 0) return false;
  const sum = numberField(header, 148, 8);
  let actual = 0;
  for (let i = 0; i < BLOCK; i++) actual += i >= 148 && i < 156 ? 32 : header[i]!;
  return sum === actual;
}

function extendedHeader(body: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(32, at);
    const length = space < 0 ? 0 : Number(body.toString('latin1', at, space));
    if (!(length > 0) || at + length > body.length) break;
    const [name = '', ...value] = body.toString('utf8', space + 1, at + length - 1).split('=');
    records.set(name, value.join('='));
    at += length;
  }
  return records;
}

/** Lists the regular files of a tar stream; links, devices and folders are passed over. */
export async function* tarMembers(source: ByteSource): AsyncGenerator<TarMember> {
  const reader = new BlockReader(source);
  let longName: string | undefined;
  let extended = new Map<string, string>();
  for (;;) {
    const header = await reader.exactly(BLOCK);
    if (header === null || header[0] === 0) return;
    if (!isTarHeader(header)) throw new ArchiveError('the archive is damaged');
    const type = String.fromCharCode(header[156]!);
    const size = Number(extended.get('size') ?? numberField(header, 124, 12));
    if (!Number.isSafeInteger(size) || size < 0) throw new ArchiveError('the archive is damaged');
    const padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (type === 'L' || type === 'x') {
      if (size > MAX_HEADER_BYTES) throw new ArchiveError('the archive is damaged');
      const body = (await reader.exactly(size)) ?? header.subarray(0, 0);
      if (type === 'L') longName = textField(body, 0, size);
      else extended = extendedHeader(body);
      await reader.skip(padding);
      continue;
    }
    if (type !== '0' && type !== '\0' && type !== '7') {
      await reader.skip(size + padding);
      longName = undefined;
      extended = new Map();
      continue;
    }
    const prefix = textField(header, 257, 5) === 'ustar' ? textField(header, 345, 155) : '';
    const short = textField(header, 0, 100);
    const name = extended.get('path') ?? longName ?? (prefix === '' ? short : `${prefix}/${short}`);
    let left = size;
    async function* body(): AsyncGenerator<Uint8Array> {
      while (left > 0) {
        const part = await reader.some(left);
        if (part === null) throw new ArchiveError('the archive is cut off');
        left -= part.length;
        yield part;
      }
    }
    yield { name, modified: numberField(header, 136, 12), source: body() };
    await reader.skip(left + padding);
    longName = undefined;
    extended = new Map();
  }
}
