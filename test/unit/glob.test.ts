// Globs: what fits, and that no glob takes longer than it is long.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatcher, matchesGlob } from '../../src/glob.js';

describe('a glob', () => {
  it.each([
    ['logs/*.json', ['logs/a.json', 'logs/.json'], ['logs/b/a.json', 'logs/a.jsonl', 'a.json']],
    ['logs/**', ['logs/a', 'logs/a/b.c'], ['log/a', 'logs']],
    ['**/a.yml', ['a.yml', 'x/a.yml', 'x/y/a.yml'], ['ba.yml', 'x/ba.yml']],
    ['x/**/a.yml', ['x/a.yml', 'x/y/z/a.yml'], ['xa.yml', 'x/ya.yml']],
    ['a**b', ['ab', 'a/x/b'], ['ba']],
    ['a?c', ['abc'], ['ac', 'a/c', 'abbc']],
    ['a[bc]d', ['abd', 'acd'], ['add', 'a[bc]d']],
    ['a[!b-d]e', ['aae', 'aee'], ['abe', 'ade', 'a/e']],
    ['a[]b]c', ['a]c', 'abc'], ['ac']],
    ['a[c-a]b', [], ['aab', 'abb', 'a[c-a]b']],
    ['{a,b/c}.yml', ['a.yml', 'b/c.yml'], ['b.yml', '{a,b/c}.yml']],
    ['{a,{b,c}d}', ['a', 'bd', 'cd'], ['b', 'd']],
    ['{a,}b', ['ab', 'b'], ['a']],
    ['{{a,b}x', ['{ax', '{bx'], ['ax']],
    ['a{b', ['a{b'], ['ab']],
    ['a[b', ['a[b'], ['ab']],
    ['a}b,c', ['a}b,c'], ['ab']],
    ['a.c', ['a.c'], ['abc']],
    ['', [''], ['a']],
  ])('%s', (glob, fitting, others) => {
    const matches = globMatcher(glob);
    expect(fitting.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter(matches)).toEqual([]);
  });

  it('can pass over case', () => {
    expect(globMatcher('Windows_[A-C]*', true)('windows_apt')).toBe(true);
    expect(globMatcher('Windows_*')('windows_apt')).toBe(false);
  });

  it('fits names in any folder, and folders with all below them, in settings', () => {
    expect(matchesGlob('detections/web/a.yml', 'a.yml')).toBe(true);
    expect(matchesGlob('detections/web/a.yml', 'detections/web')).toBe(true);
    expect(matchesGlob('detections/web/a.yml', './detections/web/')).toBe(true);
    expect(matchesGlob('detections/web/a.yml', 'web')).toBe(true);
    expect(matchesGlob('detections/website/a.yml', 'detections/web')).toBe(false);
  });

  it('takes no longer the more stars it has', () => {
    const started = performance.now();
    const path = 'a/'.repeat(500);
    for (const glob of ['*a'.repeat(50), '**/*a'.repeat(50), '{a,b}'.repeat(60), '{'.repeat(20_000)])
      expect(globMatcher(`${glob}x`)(path)).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('is, of letters alone, what it is', () => {
    fc.assert(fc.property(fc.stringMatching(/^[\w./ -]*$/), (path) => globMatcher(path)(path)));
  });

  it('is a regular expression where it is simple', () => {
    const part = fc.constantFrom('a', 'b', '/', '*', '?', '**/', '[ab]');
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '/'), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), text, (parts, letters) => {
        const glob = parts.join('');
        const path = letters.join('');
        fc.pre(!/\/\//.test(path) && !/\*\*\*|\*\*(?!\/)/.test(glob));
        const source = glob
          .replaceAll('**/', '\0')
          .replaceAll('*', '[^/]*')
          .replaceAll('?', '[^/]')
          .replaceAll('\0', '(?:[^/]+/)*');
        expect(globMatcher(glob)(path)).toBe(new RegExp(`^${source}$`).test(path));
      }),
    );
  });
});
