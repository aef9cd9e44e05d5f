// Reads the character classes and escapes of a PCRE pattern.
import {
  complement,
  digitRanges,
  horizontalRanges,
  maxCodePoint,
  normalize,
  posixRanges,
  type Ranges,
  spaceRanges,
  verticalRanges,
  wordRanges,
} from './charset.js';
import { RegexSyntaxError } from './tree.js';

/** What a class escape such as \d or \p{L} stands for. */
export interface ClassEscape {
  readonly ranges: Ranges;
  readonly properties: readonly string[];
}

const typeEscapes: ReadonlyMap<string, Ranges> = new Map<string, Ranges>([
  ['d', digitRanges],
  ['D', complement(digitRanges)],
  ['w', wordRanges],
  ['W', complement(wordRanges)],
  ['s', spaceRanges],
  ['S', complement(spaceRanges)],
  ['h', horizontalRanges],
  ['H', complement(horizontalRanges)],
  ['v', verticalRanges],
  ['V', complement(verticalRanges)],
]);

const generalCategories =
  /^(?:C|Cc|Cf|Cn|Co|Cs|L|Ll|Lm|Lo|Lt|Lu|M|Mc|Me|Mn|N|Nd|Nl|No|P|Pc|Pd|Pe|Pf|Pi|Po|Ps|S|Sc|Sk|Sm|So|Z|Zl|Zp|Zs)$/;

/** The class of `\d`-like escapes by their letter; undefined for other letters. */
export function typeEscape(letter: string): ClassEscape | undefined {
  const ranges = typeEscapes.get(letter);
  return ranges === undefined ? undefined : { ranges, properties: [] };
}

/** Reads what follows `\p` or `\P`; returns the class and where it ends. */
export function readProperty(
  text: string,
  at: number,
  negated: boolean,
): { value: ClassEscape; end: number } {
  let name: string;
  let end: number;
  let negate = negated;
  if (text[at] === '{') {
    const close = text.indexOf('}', at);
    if (close < 0) throw new RegexSyntaxError('malformed \\p sequence', at);
    name = text.slice(at + 1, close).trim();
    end = close + 1;
    if (name.startsWith('^')) {
      negate = !negate;
      name = name.slice(1);
    }
  } else {
    name = text[at] ?? '';
    end = at + 1;
  }
  const letter = negate ? 'P' : 'p';
  if (name === 'Any') return { value: { ranges: negate ? [] : [0, maxCodePoint], properties: [] }, end };
  if (name === 'L&') name = 'LC';
  if (generalCategories.test(name) || name === 'LC') {
    return { value: { ranges: [], properties: [`\\${letter}{${name}}`] }, end };
  }
  const special: Record<string, readonly string[]> = {
    Xan: ['L', 'N'],
    Xwd: ['L', 'N', 'Pc'],
    Xsp: ['Z'],
    Xps: ['Z'],
  };
  if (Object.hasOwn(special, name) && !negate) {
    const properties = (special[name] as readonly string[]).map((p) => `\\p{${p}}`);
    return {
      value: { ranges: name.endsWith('p') || name.endsWith('s') ? spaceRanges : [], properties },
      end,
    };
  }
  if (/^\w+$/.test(name)) {
    const property = `\\${letter}{Script=${name}}`;
    try {
      new RegExp(property, 'u');
      return { value: { ranges: [], properties: [property] }, end };
    } catch {
      // falls through to the error below
    }
  }
  throw new RegexSyntaxError('unknown property name after \\P or \\p', at);
}

/** Reads an escape that stands for one character, `at` after the backslash; undefined when it is none. */
export function readCharacterEscape(
  text: string,
  at: number,
  inClass: boolean,
): { code: number; end: number } | undefined {
  const letter = text[at] as string;
  const simple: Record<string, number> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };
  if (Object.hasOwn(simple, letter)) return { code: simple[letter] as number, end: at + 1 };
  if (letter === 'b' && inClass) return { code: 8, end: at + 1 };
  if (letter === 'x') {
    if (text[at + 1] === '{') {
      const match = /^\{\s*([0-9a-fA-F]{1,8})\s*\}/.exec(text.slice(at + 1, at + 16));
      if (match === null) throw new RegexSyntaxError('malformed \\x{ sequence', at);
      const code = Number.parseInt(match[1] as string, 16);
      if (code > maxCodePoint)
        throw new RegexSyntaxError('character code point value in \\x{} is too large', at);
      return { code, end: at + 1 + match[0].length };
    }
    const digits = /^[0-9a-fA-F]{0,2}/.exec(text.slice(at + 1, at + 3)) as RegExpExecArray;
    return { code: digits[0] === '' ? 0 : Number.parseInt(digits[0], 16), end: at + 1 + digits[0].length };
  }
  if (letter === 'o' && text[at + 1] === '{') {
    const match = /^\{([0-7]{1,7})\}/.exec(text.slice(at + 1, at + 10));
    if (match === null) throw new RegexSyntaxError('malformed \\o{ sequence', at);
    return { code: Number.parseInt(match[1] as string, 8), end: at + 1 + match[0].length };
  }
  if (letter === 'c') {
    const next = text.charCodeAt(at + 1);
    if (!(next >= 32 && next <= 126))
      throw new RegexSyntaxError('\\c must be followed by a printable character', at);
    return { code: (next >= 97 && next <= 122 ? next - 32 : next) ^ 64, end: at + 2 };
  }
  if (letter === '0' || (inClass && letter >= '1' && letter <= '7')) {
    const digits = /^[0-7]{1,3}/.exec(text.slice(at, at + 3)) as RegExpExecArray;
    return { code: Number.parseInt(digits[0], 8), end: at + digits[0].length };
  }
  if (!/[A-Za-z0-9]/.test(letter)) {
    const code = text.codePointAt(at) as number;
    return { code, end: at + (code > 0xffff ? 2 : 1) };
  }
  return undefined;
}

/** Reads a bracket class, `at` after the `[`. */
export function readClass(
  text: string,
  at: number,
): { ranges: Ranges; properties: string[]; negate: boolean; end: number } {
  const start = at - 1;
  const ranges: number[] = [];
  const properties: string[] = [];
  let negate = false;
  let i = at;
  if (text[i] === '^') {
    negate = true;
    i++;
  }
  let first = true;
  let literal = false;
  for (;;) {
    if (i >= text.length) throw new RegexSyntaxError('missing terminating ] for character class', start);
    const c = text[i] as string;
    if (literal && text.startsWith('\\E', i)) {
      literal = false;
      i += 2;
      continue;
    }
    if (!literal && c === '\\' && (text[i + 1] === 'Q' || text[i + 1] === 'E')) {
      literal = text[i + 1] === 'Q';
      i += 2;
      continue;
    }
    if (c === ']' && !first && !literal) break;
    first = false;
    if (!literal && c === '[' && /[:.=]/.test(text[i + 1] ?? '')) {
      const close = text.indexOf(`${text[i + 1]}]`, i + 2);
      const name = close < 0 ? null : /^(\^?)(\w+)$/.exec(text.slice(i + 2, close));
      if (name !== null && text[i + 1] === ':') {
        const found = posixRanges.get(name[2] as string);
        if (found === undefined) throw new RegexSyntaxError('unknown POSIX class name', i);
        ranges.push(...(name[1] === '^' ? complement(found) : found));
        i = close + 2;
        continue;
      }
      if (name !== null) throw new RegexSyntaxError('POSIX collating elements are not supported', i);
    }
    const from = readClassItem(text, i, literal);
    if (typeof from.value === 'object') {
      ranges.push(...from.value.ranges);
      properties.push(...from.value.properties);
      i = from.end;
      continue;
    }
    i = from.end;
    const next = text[i + 1];
    if (!literal && text[i] === '-' && next !== undefined && next !== ']') {
      const to = readClassItem(text, i + 1, false);
      if (typeof to.value === 'number' && !(next === '[' && text[i + 2] === ':')) {
        if (to.value < from.value) throw new RegexSyntaxError('range out of order in character class', i);
        ranges.push(from.value, to.value);
        i = to.end;
        continue;
      }
    }
    ranges.push(from.value, from.value);
  }
  return { ranges: normalize(ranges), properties, negate, end: i + 1 };
}

function readClassItem(
  text: string,
  at: number,
  literal: boolean,
): { value: number | ClassEscape; end: number } {
  if (text[at] !== '\\' || literal) {
    const code = text.codePointAt(at) as number;
    return { value: code, end: at + (code > 0xffff ? 2 : 1) };
  }
  const letter = text[at + 1];
  if (letter === undefined) throw new RegexSyntaxError('\\ at end of pattern', at);
  const type = typeEscape(letter);
  if (type !== undefined) return { value: type, end: at + 2 };
  if (letter === 'p' || letter === 'P') return readProperty(text, at + 2, letter === 'P');
  const character = readCharacterEscape(text, at + 1, true);
  if (character !== undefined) return { value: character.code, end: character.end };
  throw new RegexSyntaxError(`escape sequence \\${letter} is invalid in a character class`, at);
}
