// Opens what an input names: plain, compressed or an archive, nested or not, as a stream of members.
import { type Buffer, constants } from 'node:buffer';
import type { Readable, Transform } from 'node:stream';
import zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import yauzl from 'yauzl';
import { asBuffer, type ByteSource, peek } from './bytes.js';
import type { DatasetLimits } from './dataset.js';
import { ArchiveError, isTarHeader, tarMembers } from './tar.js';

/** One file to read: the input itself, unpacked, or a member of an archive. */
export interface Member {
  /** As shown to the user: `logs.zip:inner/a.log`. */
  readonly name: string;
  /** Epoch seconds of the last change; undefined for standard input. */
  readonly modified: number | undefined;
  readonly source: ByteSource;
}

/** An input before unpacking. */
export interface PackedInput extends Member {
  /** A file's path, for formats that are read from their end; undefined for standard input. */
  readonly path?: string;
  readonly size?: number;
}

const MAX_NESTING = 4;
// Below this size no ratio is suspicious, as a log of one line repeated packs a thousandfold.
const RATIO_FREE_BYTES = 2 ** 30;
const ZIP_IN_MEMORY_BYTES = 2 ** 29;
// Frames with a larger window need `zstd --long` to be unpacked, by zstd's own rule.
const MAX_ZSTD_WINDOW = 2 ** 27;

/** Counts packed and unpacked bytes of one input against the limits. */
class Meter {
  packed = 0;
  unpacked = 0;
  readonly #limits: DatasetLimits;
  readonly #size: number | undefined;

  constructor(limits: DatasetLimits, size: number | undefined) {
    this.#limits = limits;
    this.#size = size;
  }

  async *countPacked(source: ByteSource): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.packed += chunk.length;
      yield chunk;
    }
  }

  async *countUnpacked(source: ByteSource): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.unpacked += chunk.length;
      const { unpackedBytes, unpackRatio } = this.#limits;
      if (this.unpacked > unpackedBytes) {
        throw new ArchiveError(`it unpacks to more than ${unpackedBytes} bytes`);
      }
      const packed = Math.max(this.packed, this.#size ?? 0, 1);
      const free = Math.min(RATIO_FREE_BYTES, unpackedBytes / 4);
      if (this.unpacked > free && this.unpacked > packed * unpackRatio) {
        throw new ArchiveError(`it unpacks to more than ${unpackRatio} times its size`);
      }
      yield chunk;
    }
  }
}

// Unpacked chunks that may wait to be taken.
const MAX_WAITING = 8;

/**
 * Sends bytes through one of Node's streams. A stream that fails forgets what it has made before the fault, so its
 * chunks are taken as they come and handed out first.
 */
async function* throughStream(
  kind: string,
  source: ByteSource,
  unzip: Transform,
): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  let ended = false;
  let failure: { readonly error: unknown } | null = null;
  let wake = () => {};
  const fail = (error: unknown) => {
    failure ??= { error };
    wake();
  };
  unzip.on('data', (chunk: Uint8Array) => {
    made.push(chunk);
    if (made.length >= MAX_WAITING) unzip.pause();
    wake();
  });
  unzip.on('end', () => {
    ended = true;
    wake();
  });
  unzip.on('error', fail);
  const feed = async () => {
    for await (const chunk of source) {
      if (failure || unzip.destroyed) return;
      // Chunks live until the next read only, and the stream may still hold this one.
      if (!unzip.write(Uint8Array.from(chunk)))
        await new Promise((done) => unzip.once('drain', done).once('close', done));
    }
    unzip.end();
  };
  feed().catch(fail);
  try {
    for (;;) {
      for (let chunk = made.shift(); chunk; chunk = made.shift()) yield chunk;
      if (failure) throw (failure as { error: unknown }).error;
      if (ended) return;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      unzip.resume();
      await woken;
    }
  } catch (error) {
    throw error instanceof ArchiveError ? error : new ArchiveError(packFault(kind, error));
  } finally {
    unzip.destroy();
  }
}

function packFault(kind: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'Z_BUF_ERROR' ? `the ${kind} data is cut off` : `the ${kind} data is damaged`;
}

function zstdWindow(head: Buffer): number {
  const descriptor = head[4] ?? 0;
  if ((descriptor & 0x20) === 0) {
    const byte = head[5] ?? 0;
    const base = 2 ** (10 + (byte >> 3));
    return base + (base / 8) * (byte & 7);
  }
  const size = descriptor >> 6;
  if (head.length < 14) return 0;
  return size === 3 ? Number(head.readBigUInt64LE(5)) : size === 2 ? head.readUInt32LE(5) : 0;
}

// Node has zstd from 22.15 on; it copes with large windows, over which fzstd copies each block.
function nativeZstd(): Transform | null {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  return typeof create === 'function' ? (create() as Transform) : null;
}

async function* unzstd(source: ByteSource): AsyncGenerator<Uint8Array> {
  const peeked = await peek(source, 32);
  if (zstdWindow(peeked.head) > MAX_ZSTD_WINDOW)
    throw new ArchiveError('its zstd window is larger than 128 MiB');
  const native = nativeZstd();
  if (native) {
    yield* throughStream('zstd', peeked.source, native);
    return;
  }
  const out: Uint8Array[] = [];
  const stream = new Decompress((chunk) => {
    if (chunk.length > 0) out.push(Uint8Array.from(chunk));
  });
  try {
    for await (const chunk of peeked.source) {
      // Small steps bound what one push may unpack to.
      for (let at = 0; at < chunk.length; at += 16384) {
        stream.push(Uint8Array.from(chunk.subarray(at, at + 16384)));
        yield* out.splice(0);
      }
    }
    stream.push(new Uint8Array(0), true);
  } catch (error) {
    yield* out;
    if (error instanceof ArchiveError) throw error;
    const cut = error instanceof Error && /unexpected EOF/i.test(error.message);
    throw new ArchiveError(cut ? 'the zstd data is cut off' : 'the zstd data is damaged');
  }
  yield* out;
}

const zipOptions = {
  lazyEntries: true,
  autoClose: false,
  validateEntrySizes: true,
  decodeStrings: true,
} as const;

function openZip(input: PackedInput, whole: Buffer | null): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip: yauzl.ZipFile) => (error ? reject(error) : resolve(zip));
    if (whole) yauzl.fromBuffer(whole, zipOptions, done);
    else yauzl.open(input.path!, zipOptions, done);
  });
}

function nextEntry(zip: yauzl.ZipFile): Promise<yauzl.Entry | null> {
  return new Promise((resolve, reject) => {
    const clear = () => {
      zip.off('entry', onEntry);
      zip.off('end', onEnd);
      zip.off('error', onError);
    };
    const onEntry = (entry: yauzl.Entry) => {
      clear();
      resolve(entry);
    };
    const onEnd = () => {
      clear();
      resolve(null);
    };
    const onError = (error: Error) => {
      clear();
      reject(error);
    };
    zip.on('entry', onEntry);
    zip.on('end', onEnd);
    zip.on('error', onError);
    zip.readEntry();
  });
}

async function* zipEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Uint8Array> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw error instanceof ArchiveError ? error : new ArchiveError('the zip data is damaged');
  } finally {
    stream.destroy();
  }
}

async function readWhole(source: ByteSource): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > Math.min(ZIP_IN_MEMORY_BYTES, constants.MAX_LENGTH)) {
      throw new ArchiveError('a zip archive inside another or from standard input may have 512 MiB');
    }
    chunks.push(Uint8Array.from(chunk));
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return asBuffer(whole);
}

async function* zipMembers(input: PackedInput, source: ByteSource, meter: Meter): AsyncGenerator<Member> {
  let zip: yauzl.ZipFile;
  try {
    zip = await openZip(input, input.path === undefined ? await readWhole(source) : null);
  } catch (error) {
    throw error instanceof ArchiveError ? error : new ArchiveError('the zip archive is damaged or cut off');
  }
  try {
    for (;;) {
      let entry: yauzl.Entry | null;
      try {
        entry = await nextEntry(zip);
      } catch {
        throw new ArchiveError('the zip archive is damaged, or a name in it leads out of it');
      }
      if (entry === null) return;
      if (entry.fileName.endsWith('/')) continue;
      if ((entry.generalPurposeBitFlag & 1) !== 0) throw new ArchiveError('the zip archive is encrypted');
      yield {
        name: `${input.name}:${entry.fileName}`,
        modified: entry.getLastModDate().getTime() / 1000,
        source: meter.countUnpacked(zipEntry(zip, entry)),
      };
    }
  } finally {
    zip.close();
  }
}

const isGzip = (head: Buffer) => head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
const isZstd = (head: Buffer) => head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528;
const isZip = (head: Buffer) =>
  head[0] === 0x50 &&
  head[1] === 0x4b &&
  ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));

async function* unpackInto(input: PackedInput, meter: Meter, depth: number): AsyncGenerator<Member> {
  const { head, source } = await peek(input.source, 512);
  const packed = isGzip(head) || isZstd(head) || isZip(head) || isTarHeader(head);
  if (!packed) {
    yield { name: input.name, modified: input.modified, source };
    return;
  }
  if (depth >= MAX_NESTING) throw new ArchiveError(`archives are nested more than ${MAX_NESTING} deep`);
  if (isZip(head)) {
    for await (const member of zipMembers(input, source, meter)) yield* unpackInto(member, meter, depth + 1);
  } else if (isTarHeader(head)) {
    for await (const member of tarMembers(source)) {
      const name = `${input.name}:${member.name}`;
      yield* unpackInto({ name, modified: member.modified, source: member.source }, meter, depth + 1);
    }
  } else {
    const unpacked = isGzip(head)
      ? throughStream('gzip', source, zlib.createGunzip({ chunkSize: 1 << 18 }))
      : unzstd(source);
    const { name, modified } = input;
    yield* unpackInto({ name, modified, source: meter.countUnpacked(unpacked) }, meter, depth + 1);
  }
}

/**
 * Lists the files that an input holds; a plain file is its own only member.
 *
 * @throws ArchiveError  when an archive is damaged or goes beyond the limits, also while a member is read
 */
export function unpack(input: PackedInput, limits: DatasetLimits): AsyncGenerator<Member> {
  const meter = new Meter(limits, input.size);
  return unpackInto({ ...input, source: meter.countPacked(input.source) }, meter, 0);
}
