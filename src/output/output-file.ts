// What every emitter returns: files as data. Only the writer in publish.ts puts them on disk.
import type { Fragment } from './fragments.js';

/** A file to be written below an output folder. */
export interface OutputFile {
  /** Relative path with `/`; never absolute, never with `..`. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** The parts of the content that single objects gave, in their order. */
  readonly fragments?: readonly PlacedFragment[];
}

export interface PlacedFragment extends Fragment {
  /** Offset in the bytes of the content. */
  readonly start: number;
}

/** The bytes of a file's content. */
export const bytesOf = ({ content }: OutputFile): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : content;
