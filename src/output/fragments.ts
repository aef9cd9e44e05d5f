// Parts of output files that single objects give, so that a build can take those of unchanged objects from the last one.
import type { ContentObject } from '../content/model.js';
import type { OutputFile, PlacedFragment } from './output-file.js';

/** What one object gives to one output file. */
export interface Fragment {
  /** File of the object. */
  readonly owner: string;
  /** Tells all that the bytes depend on. */
  readonly key: string;
  readonly bytes: Uint8Array;
  /** What was found out about the bytes, as data that JSON can hold. */
  note?: unknown;
}

/** Where fragments of an earlier build can be had. */
export interface FragmentStore {
  /**
   * @param path     the output file; an object gives it one fragment at most
   * @param depends  tells what the text depends on besides the object, given the note that was made with it
   * @param make     makes the text, and the note if there is one
   */
  fragment(
    path: string,
    object: ContentObject,
    depends: (note: unknown) => string,
    make: () => { readonly text: string; readonly note?: unknown },
  ): Fragment;
  /** A text that is the same for the same content of an object. */
  identity(object: ContentObject): string;
}

/** Makes every fragment anew. */
export const noStore: FragmentStore = {
  fragment(_path, object, _depends, make) {
    const { text, note } = make();
    return { owner: object.file, key: '', bytes: Buffer.from(text), note };
  },
  identity: () => '',
};

/** Stands in a template's text where a fragment goes; no value that templates place can hold it. */
export const fragmentMark = '\0';

/** Puts fragments in the place of the marks in a text, in order. */
export function splice(path: string, text: string, fragments: readonly Fragment[]): OutputFile {
  const between = text.split(fragmentMark);
  if (between.length !== fragments.length + 1)
    throw new Error(`${path}: ${between.length - 1} places for ${fragments.length} fragments`);
  const pieces: Uint8Array[] = [];
  const placed: PlacedFragment[] = [];
  let length = 0;
  const add = (bytes: Uint8Array) => {
    pieces.push(bytes);
    length += bytes.length;
  };
  for (const [index, words] of between.entries()) {
    add(Buffer.from(words));
    const fragment = fragments[index];
    if (fragment === undefined) continue;
    placed.push(Object.assign(fragment, { start: length }));
    add(fragment.bytes);
  }
  return { path, content: Buffer.concat(pieces, length), fragments: placed };
}
