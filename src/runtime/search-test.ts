// Comparisons of the search command, compiled from their constant side.
import { cidr, isCidr } from './cidr.js';
import { formatScalar, parseNumber } from './number.js';
import { wildcard } from './pattern.js';
import type { FieldValue } from './value.js';

/** A test of a field's value: any value of a multivalue; never for an absent field. */
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
  if (!Number.isNaN(number))
    return (value) =>
      typeof value === 'number' ? value === number : value === text || parseNumber(value) === number;
  if (isCidr(text)) {
    const inside = cidr(text);
    return (value) => typeof value === 'string' && (inside(value) || matches(value));
  }
  return (value) => matches(typeof value === 'string' ? value : formatScalar(value));
}

function orderTest(operator: string, text: string): (value: string | number) => boolean {
  const number = parseNumber(text);
  const lower = text.toLowerCase();
  const holds = (order: number): boolean =>
    operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
  return (value) => {
    const own = typeof value === 'number' ? value : parseNumber(value);
    if (!Number.isNaN(own) && !Number.isNaN(number)) return holds(own - number);
    const subject = (typeof value === 'string' ? value : formatScalar(value)).toLowerCase();
    return holds(subject < lower ? -1 : subject > lower ? 1 : 0);
  };
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
    if (text.includes('*') || isCidr(text) || !Number.isNaN(parseNumber(text)))
      tests.push(equalTest(text, { literalStars: stars }));
    else plain.add(text.toLowerCase());
  }
  return anyValue((value) => {
    if (plain.size > 0 && typeof value === 'string' && plain.has(value.toLowerCase())) return true;
    for (const test of tests) if (test(value)) return true;
    return false;
  });
}
