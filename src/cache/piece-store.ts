// Fragments of which one object is another: its piece is put in the place of the one that stands there, and the others stay.
import type { ContentObject } from '../content/model.js';
import { type Fragment, type FragmentStore, type Made, ownerOf } from '../output/fragments.js';
import type { OutputRecords } from './output-records.js';

/** The store of the last build for a build in which one object has changed. */
export class PieceStore implements FragmentStore {
  readonly #outputs: OutputRecords;
  readonly #before: ContentObject | undefined;
  readonly #after: ContentObject | undefined;

  constructor(outputs: OutputRecords, before: ContentObject | undefined, after: ContentObject | undefined) {
    this.#outputs = outputs;
    this.#before = before;
    this.#after = after;
  }

  identity(object: ContentObject): string {
    return this.#outputs.identity(object);
  }

  fragment<T extends ContentObject>(
    path: string,
    block: readonly T[],
    depends: (note: unknown) => string,
    make: (part: readonly T[]) => Made,
  ): Fragment {
    return this.#outputs.fragment(path, block, depends, (all) => this.#spliced(path, all, make) ?? make(all));
  }

  /** The fragment that stands there with the other piece; undefined where that cannot be told. */
  #spliced<T extends ContentObject>(
    path: string,
    block: readonly T[],
    make: (part: readonly T[]) => Made,
  ): Made | undefined {
    // The app takes some objects for others, which say a little less.
    const now = block.find((object) => object === this.#after);
    if (now === undefined || this.#before === undefined) return undefined;
    const kept = this.#outputs.kept(path, ownerOf(block), () => Buffer.from(''));
    if (kept === undefined) return undefined;
    const [then, other] = [make([this.#before as T]), make([now])];
    if (JSON.stringify(then.note) !== JSON.stringify(other.note)) return undefined;
    const text = Buffer.from(kept.bytes).toString('utf8');
    const at = text.indexOf(then.text);
    if (then.text === '' || at < 0 || text.indexOf(then.text, at + 1) >= 0) return undefined;
    return {
      text: text.slice(0, at) + other.text + text.slice(at + then.text.length),
      ...(other.note === undefined ? {} : { note: kept.note }),
    };
  }
}
