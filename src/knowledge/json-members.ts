// Members of flat JSON objects by one regular expression, which the engine runs several times as fast as code can walk.

import { bareEnd, skipSpace, stringEnd } from '../runtime/json-scan.js';

/** Names that are looked for at most: each is tried at every member. */
const MAX_NAMES = 12;
/** Names for whose end each is looked for by itself, in a rest of a text that is not short. */
const FEW_NAMES = 3;
const SHORT_REST = 128;
/** Longer texts are walked: what a regular expression remembers grows with the text. */
const MAX_LENGTH = 1 << 16;
/** Texts after which it is judged whether it is worth trying. */
const TRIAL_TEXTS = 512;

const [OPEN, CLOSE, OPEN_LIST, QUOTE, COLON, COMMA] = [0x7b, 0x7d, 0x5b, 0x22, 0x3a, 0x2c] as const;
const SPACE = '[ \\t\\r\\n]*';
const STRING = '"[^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*"';
const BARE = '[^\\0-\\x20,}\\]:"{[][^\\0-\\x20,}\\]:"]*';

/** An object or array whose insides are of no interest; strings in it may hold brackets. */
function nested(depth: number): string {
  const inner = depth === 0 ? STRING : `(?:${STRING}|${nested(depth - 1)})`;
  return `[\\[{][^"[\\]{}]*(?:${inner}[^"[\\]{}]*)*[\\]}]`;
}

const VALUE = `(?:${STRING}|${BARE}|${nested(2)})`;

/** Finds the members of some names in the texts of objects. What was found last is in lists, which are used again. */
export class MemberFinder {
  /** How many members were found last. */
  count = 0;
  /** The position of each member's name in those given. */
  readonly found: number[] = [];
  /** What stands between the quotes of a string, or all of another value. */
  readonly written: string[] = [];
  readonly isString: boolean[] = [];
  readonly #regex: RegExp;
  /** The names with their closing quote: a search that begins with a quote stops at every member. */
  readonly #needles: readonly string[];
  #tried = 0;
  #failed = 0;

  /** Makes the finder; null where a regular expression is not worth it or could not tell a name. */
  static of(names: readonly string[]): MemberFinder | null {
    const isPlain = names.every((name) => /^[\w@.-]+$/.test(name));
    return isPlain && names.length > 0 && names.length <= MAX_NAMES ? new MemberFinder(names) : null;
  }

  private constructor(names: readonly string[]) {
    this.#needles = names.map((name) => `${name}"`);
    const any = `"(?:${names.map((name) => name.replace(/[.-]/g, '\\$&')).join('|')})"`;
    const other = `(?!${any})"[^"\\\\]*"${SPACE}:${SPACE}${VALUE}${SPACE}`;
    this.#regex = new RegExp(`(?:${other},${SPACE})*(?:(?=${any})|(?:${other})?\\})`, 'y');
  }

  /**
   * Finds the members of the object that a text is, in order; false where that is not certain: one of the names has an
   * object or array, a name is written with escapes, or the text is no flat object in the usual writing.
   */
  find(text: string): boolean {
    if (text.length > MAX_LENGTH || text.charCodeAt(0) !== OPEN) return false;
    if (this.#tried >= TRIAL_TEXTS && this.#failed * 4 > this.#tried) return false;
    this.#tried++;
    this.count = 0;
    if (this.#findAll(text)) return true;
    this.#failed++;
    return false;
  }

  #findAll(text: string): boolean {
    const regex = this.#regex;
    let at = skipSpace(text, 1);
    while (!this.#isDone(text, at)) {
      regex.lastIndex = at;
      if (!regex.test(text)) return false;
      at = regex.lastIndex;
      // The end of the object; a name has another character before it.
      if (text.charCodeAt(at - 1) === CLOSE) return true;
      let name = 0;
      while (!text.startsWith(this.#needles[name] as string, at + 1)) name++;
      at = skipSpace(text, at + 1 + (this.#needles[name] as string).length);
      if (text.charCodeAt(at) !== COLON) return false;
      at = this.#take(text, skipSpace(text, at + 1), name);
      if (at < 0) return false;
      at = skipSpace(text, at);
      const next = text.charCodeAt(at);
      if (next === COMMA) at = skipSpace(text, at + 1);
      else if (next !== CLOSE) return false;
    }
    return true;
  }

  /** Notes the value at an offset; returns the offset behind it, or -1 where it is no plain value. */
  #take(text: string, at: number, name: number): number {
    const { count } = this;
    const first = text.charCodeAt(at);
    const isString = first === QUOTE;
    const end = isString ? stringEnd(text, at) : bareEnd(text, at);
    if (end === text.length || end === at || first === OPEN || first === OPEN_LIST) return -1;
    this.found[count] = name;
    this.count++;
    this.written[count] = text.slice(isString ? at + 1 : at, end);
    this.isString[count] = isString;
    return isString ? end + 1 : end;
  }

  /** Whether nothing is left to be found, at a glance that is worth it only where every name was found. */
  #isDone(text: string, at: number): boolean {
    const most = this.#needles.length;
    if (this.count < most || most > FEW_NAMES || text.length - at < SHORT_REST) return false;
    for (const needle of this.#needles) if (text.includes(needle, at)) return false;
    // A name may be written in another way.
    return !text.includes('\\u', at);
  }
}
