// Members of flat JSON objects by one regular expression, which the engine runs several times as fast as code can walk.

import { skipSpace } from '../runtime/json-scan.js';

/** Names that are looked for at most: each is tried at every member. */
const MAX_NAMES = 12;
/** Names for whose end each is looked for by itself. */
const FEW_NAMES = 3;
/** Longer texts are walked: what a regular expression remembers grows with the text. */
const MAX_LENGTH = 1 << 16;
/** Texts after which it is judged whether it is worth trying. */
const TRIAL_TEXTS = 512;

const SPACE = '[ \\t\\r\\n]*';
const STRING = '"[^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*"';
const BARE = '[^\\0-\\x20,}\\]:"{[][^\\0-\\x20,}\\]:"]*';

/** An object or array whose insides are of no interest; strings in it may hold brackets. */
function nested(depth: number): string {
  const inner = depth === 0 ? STRING : `(?:${STRING}|${nested(depth - 1)})`;
  return `[\\[{][^"[\\]{}]*(?:${inner}[^"[\\]{}]*)*[\\]}]`;
}

const VALUE = `(?:${STRING}|${BARE}|${nested(2)})`;

/** A member that was found. */
export interface FoundMember {
  readonly name: string;
  /** What stands between the quotes of a string, or all of another value. */
  readonly written: string;
  readonly isString: boolean;
}

/** Finds the members of some names in the texts of objects. */
export class MemberFinder {
  readonly #regex: RegExp;
  /** The names with their closing quote: a search that begins with a quote stops at every member. */
  readonly #needles: readonly string[] | null;
  #tried = 0;
  #failed = 0;

  /** Makes the finder; null where a regular expression is not worth it or could not tell a name. */
  static of(names: readonly string[]): MemberFinder | null {
    const isPlain = names.every((name) => /^[\w@.-]+$/.test(name));
    return isPlain && names.length > 0 && names.length <= MAX_NAMES ? new MemberFinder(names) : null;
  }

  private constructor(names: readonly string[]) {
    const any = names.map((name) => name.replace(/[.-]/g, '\\$&')).join('|');
    const other = `"(?!(?:${any})")[^"\\\\]*"${SPACE}:${SPACE}${VALUE}${SPACE}`;
    const own = `"(${any})"${SPACE}:${SPACE}(?:"([^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*)"|(${BARE}))${SPACE}(?:,${SPACE}|(?=\\}))`;
    this.#regex = new RegExp(`(?:${other},${SPACE})*(?:${own}|(?:${other})?\\})`, 'y');
    this.#needles = names.length <= FEW_NAMES ? names.map((name) => `${name}"`) : null;
  }

  /**
   * Finds the members of the object that a text is, in order; null where that is not certain: one of the names has an
   * object or array, a name is written with escapes, or the text is no flat object in the usual writing.
   */
  find(text: string): readonly FoundMember[] | null {
    if (text.length > MAX_LENGTH || text.charCodeAt(0) !== 0x7b) return null;
    if (this.#tried >= TRIAL_TEXTS && this.#failed * 4 > this.#tried) return null;
    this.#tried++;
    const found = this.#findAll(text);
    if (found === null) this.#failed++;
    return found;
  }

  #findAll(text: string): readonly FoundMember[] | null {
    const found: FoundMember[] = [];
    const regex = this.#regex;
    let at = skipSpace(text, 1);
    while (!this.#isDone(text, at)) {
      regex.lastIndex = at;
      const match = regex.exec(text);
      if (match === null) return null;
      const [, name, string, bare = ''] = match;
      if (name === undefined) break;
      found.push({ name, written: string ?? bare, isString: string !== undefined });
      at = regex.lastIndex;
    }
    return found;
  }

  /** Whether nothing is left to be found, at a glance. */
  #isDone(text: string, at: number): boolean {
    if (this.#needles === null) return false;
    for (const needle of this.#needles) if (text.includes(needle, at)) return false;
    // A name may be written in another way.
    return !text.includes('\\u', at);
  }
}
