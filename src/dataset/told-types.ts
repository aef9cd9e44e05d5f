// The source types that records of a collector name, told from their undecoded text.
import { skipSpace, skipValue } from '../runtime/json-scan.js';

/** Types of one file after which no more are learned, and blocks that could not be told after which none is tried. */
const MAX_TYPES = 50;
const MAX_FAILURES = 20;
/**
 * Members of such a record. With any other it may be another wrapper, whose event is of a type of its own; with `fields`
 * it has values whose numbers are written anew.
 */
const MEMBERS: ReadonlySet<string> = new Set(['event', 'time', 'host', 'source', 'sourcetype', 'index']);
const PLAIN = /^[\x20-\x5b\x5d-\x7e]+$/;

/** The types that the records of one file name. */
export class ToldTypes {
  readonly types = new Set<string>();
  #last = '';
  #failures = 0;

  /** False where too many blocks could not be told. */
  get isUseful(): boolean {
    return this.#failures < MAX_FAILURES;
  }

  /**
   * Whether each record of a block is a collector's and names a type that is known now. What a new one is called is
   * remembered.
   *
   * @param block  latin1 text of the records, whose offsets are those of the lists less `base`
   */
  tell(
    block: string,
    spans: { readonly starts: readonly number[]; readonly ends: readonly number[] },
    from: number,
    to: number,
    base: number,
  ): boolean {
    let isTold = true;
    for (let i = from; i < to && isTold; i++)
      isTold = this.#names(block, (spans.starts[i] as number) - base, (spans.ends[i] as number) - base);
    if (!isTold) this.#failures++;
    else if (this.#failures > 0) this.#failures--;
    return isTold;
  }

  /** Whether a record is a collector's and names its type. */
  #names(block: string, start: number, end: number): boolean {
    let at = skipSpace(block, start);
    if (block.charCodeAt(at) !== 0x7b) return false;
    let isNamed = false;
    let hasEvent = false;
    for (at = skipSpace(block, at + 1); block.charCodeAt(at) !== 0x7d; at = skipSpace(block, at)) {
      if (block.charCodeAt(at) === 0x2c) {
        at++;
        continue;
      }
      if (block.charCodeAt(at) !== 0x22) return false;
      const close = block.indexOf('"', at + 1);
      // A longer name is none of them, nor is one with escapes.
      if (close < 0 || close - at > 11) return false;
      const name = block.slice(at + 1, close);
      const colon = skipSpace(block, close + 1);
      if (!MEMBERS.has(name) || block.charCodeAt(colon) !== 0x3a) return false;
      at = skipSpace(block, colon + 1);
      if (name === 'event') hasEvent = true;
      if (name === 'sourcetype') {
        at = this.#typeAt(block, at);
        if (at < 0) return false;
        isNamed = true;
      } else at = skipValue(block, at);
      if (at >= end) return false;
    }
    at = skipSpace(block, at + 1);
    if (at < end && block.charCodeAt(at) === 0x2c) at = skipSpace(block, at + 1);
    return isNamed && hasEvent && at >= end;
  }

  /** The end of a type; -1 where it is none that is known now. */
  #typeAt(block: string, open: number): number {
    if (block.charCodeAt(open) !== 0x22) return -1;
    if (this.#last !== '' && block.startsWith(this.#last, open + 1)) return open + 1 + this.#last.length;
    const close = block.indexOf('"', open + 1);
    const type = block.slice(open + 1, close);
    if (close < 0 || !PLAIN.test(type)) return -1;
    if (this.types.size < MAX_TYPES) this.types.add(type);
    if (!this.types.has(type)) return -1;
    this.#last = `${type}"`;
    return close + 1;
  }
}
