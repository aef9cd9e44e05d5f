// Streams of bytes: looking at the beginning, counting, and turning every encoding into UTF-8.
import { Buffer } from 'node:buffer';

/** Chunks of a file. A chunk is only good until the next one is asked for. */
export type ByteSource = AsyncIterable<Uint8Array>;

/** A view of bytes as a Buffer, without copying. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The beginning of a source, and the whole source again. */
export interface Peeked {
  readonly head: Buffer;
  /** `head` is all there is. */
  readonly complete: boolean;
  readonly source: ByteSource;
}

/**
 * Reads at least `size` bytes ahead, fewer only when the source has no more. A fault of the source is thrown where
 * it stands in the whole, after the bytes before it.
 */
export async function peek(source: ByteSource, size: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let length = 0;
  let complete = false;
  let failure: { readonly error: unknown } | null = null;
  try {
    while (length < size) {
      const next = await iterator.next();
      if (next.done) {
        complete = true;
        break;
      }
      chunks.push(Buffer.from(next.value));
      length += next.value.length;
    }
  } catch (error) {
    if (length === 0) throw error;
    failure = { error };
  }
  const head = Buffer.concat(chunks);
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      if (failure) throw failure.error;
      while (!complete) {
        const next = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head, complete, source: whole() };
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

// Text in Latin letters has a zero in every second byte; neither UTF-8 text nor the other order has.
function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const length = Math.min(head.length, 1024) & ~1;
  if (length < 8) return 'utf-8';
  const zeros = [0, 0];
  for (let at = 0; at < length; at++) if (head[at] === 0) zeros[at & 1]!++;
  const [even, odd] = [zeros[0]! / (length / 2), zeros[1]! / (length / 2)];
  if (odd > 0.4 && even < 0.05) return 'utf-16le';
  return even > 0.4 && odd < 0.05 ? 'utf-16be' : 'utf-8';
}

/** Whether an encoding's name is known. */
export function isEncoding(name: string): boolean {
  try {
    return name.toLowerCase() === 'auto' || new TextDecoder(name) !== undefined;
  } catch {
    return false;
  }
}

/** The length of the UTF-8 character that begins at an offset; 0 when none does. */
function characterLength(data: Buffer, at: number, end: number): number {
  const first = data[at]!;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > end) return 0;
  for (let i = 1; i < length; i++) if ((data[at + i]! & 0xc0) !== 0x80) return 0;
  const second = data[at + 1]!;
  const isTooLong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const isNone = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f);
  return isTooLong || isNone ? 0 : length;
}

/** What `toString('latin1', …)` comes to; records are small, and looking up the encoding would take half the time. */
type Slice = (this: Buffer, start: number, end: number) => string;
const slices: { readonly latin1Slice?: Slice } = Buffer.prototype;
export const latin1Slice: Slice =
  slices.latin1Slice ??
  function (start, end) {
    return this.toString('latin1', start, end);
  };

/** Decodes UTF-8; a byte that is none stands as `\xE9`, as Splunk shows it. */
export function decodeUtf8(data: Buffer, start: number, end: number): string {
  const text = data.toString('utf8', start, end);
  if (!text.includes('\ufffd')) return text;
  const parts: string[] = [];
  let from = start;
  for (let at = start; at < end; ) {
    const length = characterLength(data, at, end);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(data.toString('utf8', from, at), `\\x${data[at]!.toString(16).toUpperCase()}`);
    at++;
    from = at;
  }
  parts.push(data.toString('utf8', from, end));
  return parts.join('');
}

async function* transcode(source: ByteSource, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  const rest = decoder.decode();
  if (rest !== '') yield Buffer.from(rest);
}

async function* withoutMark(source: ByteSource): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of source) {
    yield first ? chunk.subarray(3) : chunk;
    first = false;
  }
}

/**
 * Returns the text as UTF-8 without a byte order mark; UTF-16 is known by its mark or by its zeros.
 *
 * @param charset  CHARSET of props.conf, when it names one; an encoding that nobody knows is taken for UTF-8
 */
export async function toUtf8(source: ByteSource, charset?: string): Promise<ByteSource> {
  const peeked = await peek(source, 1024);
  const found = encodingOf(peeked.head);
  const encoding = found === 'utf-8' && charset !== undefined && isEncoding(charset) ? charset : found;
  if (!/^(?:utf-?8|auto)$/i.test(encoding)) return transcode(peeked.source, encoding);
  const { head } = peeked;
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf
    ? withoutMark(peeked.source)
    : peeked.source;
}

/** A sliding stretch of a stream in one growing buffer. */
export class ByteWindow {
  data: Buffer;
  /** Offsets of the live bytes in `data`. */
  start = 0;
  end = 0;

  constructor(size: number) {
    this.data = Buffer.allocUnsafe(size);
  }

  get length(): number {
    return this.end - this.start;
  }

  append(chunk: Uint8Array): void {
    const needed = this.length + chunk.length;
    if (this.end + chunk.length > this.data.length) {
      if (needed <= this.data.length / 2) this.data.copyWithin(0, this.start, this.end);
      else {
        const grown = Buffer.allocUnsafe(Math.max(this.data.length, 2 ** Math.ceil(Math.log2(needed + 1))));
        this.data.copy(grown, 0, this.start, this.end);
        this.data = grown;
      }
      this.end -= this.start;
      this.start = 0;
    }
    this.data.set(chunk, this.end);
    this.end += chunk.length;
  }
}
