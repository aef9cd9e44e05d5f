// Wildcards mean what the regexes of the same meaning say, and take time in proportion to the text.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLike } from '../../../src/runtime/like.js';
import { term, wholeTerm, wildcardParts } from '../../../src/runtime/pattern.js';

const text = (letters: string, maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((chars) => chars.join(''));
const escaped = (part: string) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

describe('a term with wildcards', () => {
  const breakers = '\\s\\[\\]<>(){}|!;,\'"*&?+/:=@.$#%\\\\_\\-';

  test('is found where a regex finds it', () => {
    fc.assert(
      fc.property(text('aAb _.*', 7), text('aAb _.', 14), (pattern, subject) => {
        fc.pre(/[^*]/.test(pattern));
        const parts = pattern.split('*');
        const isWord = (char: string | undefined) => char !== undefined && /[ab]/i.test(char);
        const before = isWord(parts[0]?.[0]) ? `(?<![^${breakers}])` : '';
        const after = isWord(parts.at(-1)?.at(-1)) ? `(?![^${breakers}])` : '';
        const oracle = new RegExp(before + parts.map(escaped).join('[^\\s]*') + after, 'i');
        expect(term(pattern)(subject)).toBe(oracle.test(subject));
      }),
      { numRuns: 5000 },
    );
  });

  test('as a whole term too', () => {
    const major = '\\s\\[\\]<>(){}|!;,\'"*&?+';
    fc.assert(
      fc.property(text('ab._*', 7), text('ab._ ,', 14), (pattern, subject) => {
        fc.pre(/[._]/.test(pattern));
        const body = pattern.split('*').map(escaped).join('[^\\s]*');
        const oracle = new RegExp(`(?<![^${major}])${body}(?![^${major}])`, 'i');
        expect(wholeTerm(pattern)(subject)).toBe(oracle.test(subject));
      }),
      { numRuns: 5000 },
    );
  });
});

test('what wildcards of a name stand for is what greedy groups hold', () => {
  fc.assert(
    fc.property(text('ab*', 7), text('ab', 10), (pattern, name) => {
      const match = new RegExp(`^${pattern.split('*').map(escaped).join('(.*)')}$`, 's').exec(name);
      expect(wildcardParts(pattern, name)).toEqual(match === null ? null : match.slice(1));
    }),
    { numRuns: 5000 },
  );
});

test('LIKE is what a regex of the same meaning says', () => {
  fc.assert(
    fc.property(text('ab-/%_😀', 7), text('ab-/😀', 10), (pattern, subject) => {
      const source = [...pattern].map((char) => (char === '%' ? '[^]*' : char === '_' ? '[^]' : char));
      const oracle = new RegExp(`^${source.join('').replaceAll('/', '\\/')}$`, 'u');
      expect(compileLike(pattern)(subject)).toBe(oracle.test(subject));
    }),
    { numRuns: 5000 },
  );
});

describe('many wildcards over a long text end', () => {
  const long = `${'a'.repeat(1_000_000)}!`;

  test.each([
    ['term', () => term('a*a*a*a*a*c')(long)],
    ['term that begins everywhere', () => term('*a*a*a*c_')(long)],
    ['whole term', () => wholeTerm('a*a*a*a*c.d')(long)],
    ['LIKE', () => compileLike('%a_%a_%a_%a_%c')(long)],
    ['names', () => wildcardParts('*a*a*a*a*c', long) !== null],
  ])('%s', (_, matches) => {
    expect(matches()).toBe(false);
  });
});
