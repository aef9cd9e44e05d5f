// The files of a build's cache, each with a checksum: records of content files, the long texts of objects, what has changed
// since those two were written, the questions of rules with their answers, what is known of the output and of evaluators,
// the words of searches, and the receipt.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';

/** Paths of the files inside detc's folder of an output folder. */
export const recordsPath = 'cache/records';
export const textsPath = 'cache/texts';
export const changesPath = 'cache/changes';
export const answersPath = 'cache/answers';
export const outputsPath = 'cache/outputs';
export const evaluatorsPath = 'cache/evaluators';
export const wordsPath = 'cache/words';
export const receiptPath = 'cache/receipt';
export const cachePaths = [
  ...[recordsPath, textsPath, changesPath, answersPath, outputsPath],
  ...[evaluatorsPath, wordsPath, receiptPath],
];

export const sha = (data: string | Uint8Array): string => createHash('sha1').update(data).digest('base64url');

/** For what no one forges and disks may lose; zlib's own CRC-32 came to Node 20 in 20.15. */
export function checksum(...pieces: readonly Uint8Array[]): string {
  if (typeof zlib.crc32 !== 'function') return sha(Buffer.concat(pieces));
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  // Of no bytes zlib may forget what was before.
  const some = pieces.filter((piece) => piece.length > 0);
  return `${length} ${some.reduce((crc, piece) => zlib.crc32(piece, crc), 0)}`;
}

/** JSON in ASCII: offsets count bytes as well as letters, and reading it takes no decoding. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/[\u0080-\uffff]/.test(text)) return text;
  return text.replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * The lines of a file of lines.
 *
 * @param program  tells the program that reads; what another wrote is not there
 * @returns none when the file is cut short or otherwise broken
 */
export function linesOf(program: string, part: Part): string[] {
  return bodyOf(program, part)?.split('\n') ?? [];
}

/** The same as one text; undefined when there is none. */
function bodyOf(program: string, { bytes }: Part): string | undefined {
  const head = bytes.indexOf('\n');
  if (head < 0 || bytes.toString('latin1', 0, head) !== headOf(program, bytes.subarray(head + 1)))
    return undefined;
  return bytes.toString('latin1', head + 1);
}

/** A file of lines, which are ASCII. */
export function linesFile(program: string, lines: readonly string[]): Buffer {
  const body = Buffer.from(lines.join('\n'), 'latin1');
  return Buffer.concat([Buffer.from(`${headOf(program, body)}\n`), body]);
}

const headOf = (program: string, body: Uint8Array) => `${program} ${sha(body)}`;

/** A file of the cache as it lies in the folder. */
export interface Part {
  readonly bytes: Buffer;
  readonly same: { readonly ino: number; readonly mtimeMs: number };
}

/** Reads one of the files. */
export function readPart(folder: string, path: string): Part | undefined {
  let file: number;
  try {
    file = openSync(join(folder, path), 'r');
  } catch {
    return undefined;
  }
  try {
    const { ino, mtimeMs } = fstatSync(file);
    return { bytes: readFileSync(file), same: { ino, mtimeMs } };
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** A file of the cache of which parts are read when they are wanted. */
export class PartReader {
  readonly same: Part['same'];
  readonly length: number;
  #file: number | undefined;

  private constructor(file: number) {
    const { ino, mtimeMs, size } = fstatSync(file);
    this.#file = file;
    this.same = { ino, mtimeMs };
    this.length = size;
  }

  static open(folder: string, path: string): PartReader | undefined {
    try {
      // It stays open until `close`: what another build puts in its place meanwhile is another file.
      return new PartReader(openSync(join(folder, path), 'r'));
    } catch {
      return undefined;
    }
  }

  /** The bytes of a part whose checksum is known; undefined when the disk has not kept them. */
  read(start: number, length: number, sum: string): Buffer | undefined {
    const bytes = this.#read(start, length);
    return bytes !== undefined && checksum(bytes) === sum ? bytes : undefined;
  }

  #read(start: number, length: number): Buffer | undefined {
    if (this.#file === undefined) return undefined;
    const bytes = Buffer.allocUnsafe(length);
    try {
      return readSync(this.#file, bytes, 0, length, start) === length ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  /** All bytes. */
  get bytes(): Buffer {
    // What is missing is found missing by the checksums of its parts.
    return this.#read(0, this.length) ?? Buffer.alloc(0);
  }

  /** Nothing can be read afterwards. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** A file of the cache after a build; `same` tells the one that lies there with this content. */
export interface CacheFile {
  readonly path: string;
  /** Asked for only where the file is written anew. */
  readonly content: () => Buffer;
  readonly same?: Part['same'] | undefined;
}

/** A file as it was read, or one that is new when nothing says where it lies. */
export const keptFile = (
  path: string,
  part: { readonly bytes: Buffer; readonly same?: Part['same'] },
): CacheFile => ({ path, content: () => part.bytes, same: part.same });

/** A text of lines with the file that it was read from. */
export interface KeptText {
  readonly text: string;
  readonly part: Part;
}

/** A file of lines, which stays as it is while these do. */
export function textFile(
  path: string,
  program: string,
  text: string,
  before: KeptText | undefined,
): CacheFile {
  if (before?.text === text) return keptFile(path, before.part);
  const content = linesFile(program, [text]);
  return { path, content: () => content };
}

/** Reads such a file; undefined where it is missing or broken. */
export function readText(folder: string, path: string, program: string): KeptText | undefined {
  const part = readPart(folder, path);
  const text = part === undefined ? undefined : bodyOf(program, part);
  return part === undefined || text === undefined ? undefined : { text, part };
}
