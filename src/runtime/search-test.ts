// Comparisons of the search command, compiled from their constant side.
import { compileCidr } from './ip.js';
import { formatScalar, parseNumber } from './number.js';
import { wildcard } from './pattern.js';
import type { FieldValue } from './value.js';

/** A test of a field's value: one matching value of a multivalue is enough; never for an absent field. */
export type ValueTest = (value: FieldValue) => boolean;

export interface SearchTestOptions {
  readonly caseSensitive?: boolean;
  readonly literalStars?: readonly number[];
}

/**
 * Compiles `field <operator> text` of the search command (Search Reference, search): without case, `*` a wildcard,
 * numbers by number, networks by address. `!=` holds when some value differs.
 */
export function searchTest(operator: string, text: string, options: SearchTestOptions = {}): ValueTest {
  if (operator === '=') return anyValue(equalTest(text, options));
  if (operator === '!=') {
    const same = equalTest(text, options);
    return anyValue((value) => !same(value));
  }
  return anyValue(orderTest(operator, text));
}

function anyValue(test: (value: string | number) => boolean): ValueTest {
  return (value) => {
    if (typeof value === 'string' || typeof value === 'number') return test(value);
    if (value === null) return false;
    if (typeof value === 'boolean') return test(value ? 'true' : 'false');
    for (const item of value) if (test(item)) return true;
    return false;
  };
}

function equalTest(text: string, options: SearchTestOptions): (value: string | number) => boolean {
  const matches = wildcard(text, options.caseSensitive, options.literalStars);
  const number = parseNumber(text);
  if (!Number.isNaN(number)) {
    // "Comparison expressions with the equal (=) or not equal (!=) operator compare string values. For example, "1"
    // does not match "1.0"" (search, comparison-operator). A computed number has no spelling to compare.
    const isPlain = isWholeText(text);
    return (value) => {
      if (typeof value === 'number') return value === number;
      return value === text || (!isPlain && matches(value));
    };
  }
  const inside = network(text);
  if (inside !== null) return (value) => typeof value === 'string' && (inside(value) || value === text);
  return (value) => matches(typeof value === 'string' ? value : formatScalar(value));
}

/** Whether text is a whole number as it is usually written: digits without a leading zero. */
function isWholeText(text: string): boolean {
  const length = text.length;
  if (length === 0 || length > 15 || (length > 1 && text.charCodeAt(0) === 48)) return false;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** A test of addresses when the text is a network such as 10.0.0.0/8. */
function network(text: string): ((address: string) => boolean) | null {
  const inside = text.includes('/') ? compileCidr(text) : null;
  const aligned = /^(\d+\.)(\d+\.)?(\d+\.)?\d+(?:\.\d+)*\/(8|16|24)$/.exec(text);
  if (inside === null || aligned === null) return inside;
  // A network of whole bytes is a prefix of the text too, which is quicker to look at.
  const prefix =
    text
      .split('.')
      .slice(0, Number(aligned[4]) / 8)
      .join('.') + '.';
  return (address) => address.startsWith(prefix) && inside(address);
}

function orderTest(operator: string, text: string): (value: string | number) => boolean {
  const number = parseNumber(text);
  const lower = text.toLowerCase();
  const compare = (value: string | number): number => {
    const own = typeof value === 'number' ? value : parseNumber(value);
    if (!Number.isNaN(own) && !Number.isNaN(number)) return own - number;
    const subject = (typeof value === 'string' ? value : formatScalar(value)).toLowerCase();
    return subject < lower ? -1 : subject > lower ? 1 : 0;
  };
  switch (operator) {
    case '<':
      return (value) => compare(value) < 0;
    case '<=':
      return (value) => compare(value) <= 0;
    case '>':
      return (value) => compare(value) > 0;
    default:
      return (value) => compare(value) >= 0;
  }
}

/** Several tests of one field of which any may hold (`field IN (…)`): plain texts are looked up at once. */
export function searchIn(
  texts: readonly (string | { text: string; literalStars: readonly number[] })[],
): ValueTest {
  const plain = new Set<string>();
  const tests: ((value: string | number) => boolean)[] = [];
  for (const item of texts) {
    const text = typeof item === 'string' ? item : item.text;
    const stars = typeof item === 'string' ? [] : item.literalStars;
    if (text.includes('*') || network(text) !== null || !Number.isNaN(parseNumber(text)))
      tests.push(equalTest(text, { literalStars: stars }));
    else plain.add(text.toLowerCase());
  }
  const lengths = new Set([...plain].map((text) => text.length));
  const isAscii = [...plain].every((text) => /^[\0-\x7f]*$/.test(text));
  return anyValue((value) => {
    if (plain.size > 0 && typeof value === 'string') {
      if (plain.has(value)) return true;
      if ((!isAscii || lengths.has(value.length)) && plain.has(value.toLowerCase())) return true;
    }
    for (const test of tests) if (test(value)) return true;
    return false;
  });
}
