// Suggestions: near words, and silence where none is near.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  didYouMean,
  editDistance,
  isLikeWords,
  NamesByLetters,
  nearest,
} from '../../../src/diagnostic/did-you-mean.js';

const commands = ['head', 'tail', 'rename', 'stats', 'eventstats', 'where', 'rex', 'eval'];

describe('didYouMean', () => {
  it.each([
    ['haed', 'head'],
    ['renmae', 'rename'],
    ['STATS', 'stats'],
    ['evnetstats', 'eventstats'],
    ['wher', 'where'],
  ])('%s → %s', (word, expected) => {
    expect(didYouMean(word, commands)).toBe(`did you mean "${expected}"?`);
  });
  it.each(['transaction', 'x', '', 'zzzz', 'parse_duration'])('says nothing about %j', (word) => {
    expect(didYouMean(word, commands)).toBeUndefined();
  });
  it('prefers a swap and a lost letter to other slips, and then what is common', () => {
    const names = ['stash', 'stats', 'rex', 'regex', 'sort', 'set'];
    expect(didYouMean('stast', names)).toBe('did you mean "stats"?');
    expect(didYouMean('regx', names)).toBe('did you mean "regex"?');
    expect(didYouMean('sot', names)).toBe('did you mean "sort"?');
    expect(didYouMean('stas', names, ['stats'])).toBe('did you mean "stats"?');
    expect(didYouMean('stas', names, ['stash'])).toBe('did you mean "stash"?');
  });
  it('takes the first of equally near words', () => {
    expect(didYouMean('abcx', ['abcz', 'abcy'])).toBe('did you mean "abcy"?');
  });
  it('counts a swap of neighbours as one edit', () => {
    expect(editDistance('haed', 'head', 3)).toBe(1);
    expect(editDistance('kitten', 'sitting', 5)).toBe(3);
    expect(editDistance('kitten', 'sitting', 1)).toBe(2);
  });
});

describe('NamesByLetters', () => {
  it('finds what a look at every name finds, where that is one edit away', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '_', '1'), minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(fc.uniqueArray(word), word, (names, name) => {
        const found = nearest(name, names);
        const isClose = found !== undefined && editDistance(name.toLowerCase(), found.toLowerCase(), 1) <= 1;
        expect(new NamesByLetters(names).near(name)).toBe(isClose ? found : undefined);
      }),
    );
  });
});

it.each([
  ['lastTime', '_time', false],
  ['tme', '_time', true],
  ['_tim', '_time', true],
  ['firstTme', 'firstTime', true],
  ['LASTTIME', 'lastTime', true],
  ['a', 'b', false],
  ['_x', '_y', false],
])('whether %s may be a slip for %s', (word, name, expected) => {
  expect(isLikeWords(word, name)).toBe(expected);
});
