// What every emitter returns: files as data. Only the writer in build.ts puts them on disk.

/** A file to be written below an output folder. */
export interface OutputFile {
  /** Relative path with `/`; never absolute, never with `..`. */
  readonly path: string;
  readonly content: string | Uint8Array;
}
