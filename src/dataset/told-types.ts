// The source types that records of a collector name, told from their undecoded text.
import { skipSpace } from '../runtime/json-scan.js';

const NEEDLE = 'sourcetype"';
/** Types of one file after which no more are learned, and blocks that could not be told after which none is tried. */
const MAX_TYPES = 50;
const MAX_FAILURES = 20;
/**
 * With these a record may be another wrapper, or have fields of its own whose numbers are written anew; with escapes
 * such names may be written in another way.
 */
const OTHERS = ['"_raw"', '"fields"'] as const;
const ESCAPED = /\\u00[4-7]/;

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
   * Whether each record of a block names a type as its own that is known now. What a new one is called is remembered.
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
    const isTold = this.#tell(block, spans, from, to, base);
    if (!isTold) this.#failures++;
    else if (this.#failures > 0) this.#failures--;
    return isTold;
  }

  #tell(
    block: string,
    { starts, ends }: { readonly starts: readonly number[]; readonly ends: readonly number[] },
    from: number,
    to: number,
    base: number,
  ): boolean {
    if (OTHERS.some((name) => block.includes(name)) || ESCAPED.test(block)) return false;
    let at = block.indexOf(NEEDLE);
    for (let record = from; record < to; record++) {
      const start = (starts[record] as number) - base;
      const end = (ends[record] as number) - base;
      let isOwn = false;
      for (; at >= 0 && at < end; at = block.indexOf(NEEDLE, at + 1)) {
        if (block.charCodeAt(at - 1) !== 0x22) continue;
        const after = this.#typeAt(block, at + NEEDLE.length);
        if (after < 0) return false;
        isOwn ||= isOutside(block, start, end, at, after);
      }
      if (!isOwn) return false;
    }
    return true;
  }

  /** The end of the type that a member names whose name ends at an offset; -1 where it is none. */
  #typeAt(block: string, at: number): number {
    const colon = skipSpace(block, at);
    const open = skipSpace(block, colon + 1);
    if (block.charCodeAt(colon) !== 0x3a || block.charCodeAt(open) !== 0x22) return -1;
    if (this.#last !== '' && block.startsWith(this.#last, open + 1)) return open + 1 + this.#last.length;
    const close = block.indexOf('"', open + 1);
    const type = block.slice(open + 1, close);
    if (close < 0 || !/^[\x20-\x5b\x5d-\x7e]+$/.test(type)) return -1;
    if (this.types.size < MAX_TYPES) this.types.add(type);
    if (!this.types.has(type)) return -1;
    this.#last = `${type}"`;
    return close + 1;
  }
}

/** Whether a stretch of a record is of no object or array but the record itself. */
function isOutside(block: string, start: number, end: number, from: number, to: number): boolean {
  return isFree(block, start + 1, from) || isFree(block, to, end - 1);
}

function isFree(block: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = block.charCodeAt(at);
    if (code === 0x7b || code === 0x7d || code === 0x5b || code === 0x5d) return false;
  }
  return true;
}
