// What every emitter returns: files as data. Only the writer in publish.ts puts them on disk.
import type { Fragment } from './fragments.js';

/** A file to be written below an output folder. */
export interface OutputFile {
  /** Relative path with `/`; never absolute, never with `..`. */
  readonly path: string;
  /** The whole of it. To ask for that of a file of fragments puts it together, for which a build after an edit has no time. */
  readonly content: string | Uint8Array;
  /** The parts of the content that single objects gave, in their order. */
  readonly fragments?: readonly PlacedFragment[];
}

export interface PlacedFragment extends Fragment {
  /** Offset in the bytes of the content. */
  readonly start: number;
}

/** A file of fragments with what stands before, between and after them, that is not put together until it must be. */
export class SplicedFile implements OutputFile {
  readonly path: string;
  readonly fragments: readonly PlacedFragment[];
  /** One more than fragments. */
  readonly between: readonly Uint8Array[];
  readonly length: number;
  #content: Uint8Array | undefined;

  constructor(path: string, between: readonly Uint8Array[], fragments: readonly Fragment[]) {
    this.path = path;
    this.between = between;
    let at = 0;
    this.fragments = fragments.map((fragment, index) => {
      const start = at + between[index]!.length;
      at = start + fragment.length;
      return Object.assign(fragment, { start });
    });
    this.length = at + between.at(-1)!.length;
  }

  /** All pieces in their order. */
  get pieces(): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    for (const [index, bytes] of this.between.entries()) {
      pieces.push(bytes);
      const fragment = this.fragments[index];
      if (fragment !== undefined) pieces.push(fragment.bytes);
    }
    return pieces;
  }

  get content(): Uint8Array {
    this.#content ??= Buffer.concat(this.pieces, this.length);
    return this.#content;
  }
}

/** A file whose bytes are read when somebody asks for them. */
export class LaterFile implements OutputFile {
  readonly path: string;
  readonly length: number;
  declare readonly fragments?: readonly PlacedFragment[];
  readonly #read: () => Uint8Array;
  #content: Uint8Array | undefined;

  constructor(
    path: string,
    length: number,
    read: () => Uint8Array,
    fragments: readonly PlacedFragment[] | undefined,
  ) {
    this.path = path;
    this.length = length;
    this.#read = read;
    if (fragments !== undefined) this.fragments = fragments;
  }

  get content(): Uint8Array {
    this.#content ??= this.#read();
    return this.#content;
  }
}

/** The bytes of a file's content. */
export const bytesOf = ({ content }: OutputFile): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : content;

/** The same in pieces. */
export const piecesOf = (file: OutputFile): readonly Uint8Array[] =>
  file instanceof SplicedFile ? file.pieces : [bytesOf(file)];

/** Number of bytes. */
export function lengthOf(file: OutputFile): number {
  if (file instanceof SplicedFile || file instanceof LaterFile) return file.length;
  return typeof file.content === 'string' ? Buffer.byteLength(file.content) : file.content.length;
}

/** What stands before, between and after the fragments: one more than those; all of a file without any. */
export function stretchesOf(file: OutputFile): readonly Uint8Array[] {
  if (file instanceof SplicedFile) return file.between;
  const content = bytesOf(file);
  const stretches: Uint8Array[] = [];
  let at = 0;
  for (const { start, length } of file.fragments ?? []) {
    stretches.push(content.subarray(at, start));
    at = start + length;
  }
  stretches.push(content.subarray(at));
  return stretches;
}
