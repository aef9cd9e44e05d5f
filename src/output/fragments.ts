// Parts of output files that a few objects give, so that a build can take those of unchanged objects from the last one.
import type { ContentObject } from '../content/model.js';
import { SplicedFile } from './output-file.js';

/**
 * Objects that stand together in an output file. One at a time would be many more pieces than a build after one edit has
 * time for.
 */
export type Block = readonly ContentObject[];

/** What one block gives to one output file. */
export interface Fragment {
  /** File of the first object. */
  readonly owner: string;
  /** Tells all that the bytes depend on. */
  readonly key: string;
  /** Those of a fragment that an earlier build wrote are read when they are asked for. */
  readonly bytes: Uint8Array;
  /** Number of bytes. */
  readonly length: number;
  /** What was found out about the bytes, as data that JSON can hold. */
  note?: unknown;
}

/** What a fragment is made of. */
export interface Made {
  readonly text: string;
  readonly note?: unknown;
}

/** Where fragments of an earlier build can be had. */
export interface FragmentStore {
  /**
   * @param path     the output file; a block gives it one fragment at most
   * @param depends  tells what the text depends on besides the block, given the note that was made with it
   * @param make     makes the text of the block or of a part of it, and the note if there is one
   */
  fragment<T extends ContentObject>(
    path: string,
    block: readonly T[],
    depends: (note: unknown) => string,
    make: (part: readonly T[]) => Made,
  ): Fragment;
  /** A text that is the same for the same content of an object. */
  identity(object: ContentObject): string;
}

/** Makes every fragment anew. */
export const noStore: FragmentStore = {
  fragment(_path, block, _depends, make) {
    const { text, note } = make(block);
    const bytes = Buffer.from(text);
    return { owner: ownerOf(block), key: '', bytes, length: bytes.length, note };
  },
  identity: () => '',
};

export const ownerOf = (block: Block): string => block[0]?.file ?? '';

/** Objects of a block, about, where nothing else is said. */
const blockLength = 12;

/**
 * Cuts a list of objects into blocks of about a length. Where one ends depends on the name of a file there and on nothing else, so that an
 * object more or less changes one block.
 */
export function blocksOf<T extends ContentObject>(objects: readonly T[], length = blockLength): T[][] {
  const blocks: T[][] = [];
  for (const object of objects) {
    const last = blocks.at(-1);
    if (last === undefined || beginsBlock(object.file, length)) blocks.push([object]);
    else last.push(object);
  }
  return blocks;
}

/** Whether a block of about a length ends before the object of a file. */
export function beginsBlock(file: string, length = blockLength): boolean {
  let sum = 0;
  for (let at = 0; at < file.length; at++) sum = (Math.imul(sum, 31) + file.charCodeAt(at)) >>> 0;
  return (sum >>> 8) % length === 0;
}

/** Stands in a template's text where a fragment goes; no value that templates place can hold it. */
export const fragmentMark = '\0';

/** Puts fragments in the place of the marks in a text, in order. */
export function splice(path: string, text: string, fragments: readonly Fragment[]): SplicedFile {
  const between = text.split(fragmentMark);
  if (between.length !== fragments.length + 1)
    throw new Error(`${path}: ${between.length - 1} places for ${fragments.length} fragments`);
  return new SplicedFile(
    path,
    between.map((words) => Buffer.from(words)),
    fragments,
  );
}
