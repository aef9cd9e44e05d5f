// XPath as the xpath command supports it.
import { describe, expect, test } from 'vitest';
import { parseXPath, xpathValues } from '../../../src/runtime/xpath.js';

const xml = `<list kind="a">
  <item id="1" on="y">one</item>
  <item id="2">two<sub>deep</sub></item>
  <other><item id="3">three</item></other>
</list>`;

describe('xpath', () => {
  test.each<[string, unknown]>([
    ['item', ['one', 'two']],
    ['./item', ['one', 'two']],
    ['/list/item', ['one', 'two']],
    ['/item', null],
    ['//item', ['one', 'two', 'three']],
    ['//item/@id', ['1', '2', '3']],
    ['//@on', 'y'],
    ['/list/@kind', 'a'],
    ['@kind', 'a'],
    ['//item/@*', ['1', 'y', '2', '3']],
    ['//item[@on]', 'one'],
    ["//item[@id='3']", 'three'],
    ['//item[@id!="3"]/@id', ['1', '2']],
    ['//item[1]', ['one', 'three']],
    ['/list/item[last()]', 'two'],
    ['/list/item[last()-1]', 'one'],
    ['//item[9]', null],
    ['//item[sub]', 'two'],
    ['//item[sub="deep"]/@id', '2'],
    ['//item[.="three"]/@id', '3'],
    ['//sub/..', 'two'],
    ['//sub/../../@kind', 'a'],
    ['*/item/@id', '3'],
    ['//sub/text()', 'deep'],
    ['//*[@id="2"]//sub', 'deep'],
    ['/data/list/@kind', 'a'],
    ['//data', null],
  ])('%s', (path, values) => {
    const parsed = parseXPath(path);
    expect(parsed).not.toBeNull();
    expect(xpathValues(xml, parsed!)).toEqual(values);
  });

  test.each([
    '',
    '//',
    'a/',
    'a|b',
    'count(//a)',
    '//a[',
    '//a[@b=]',
    '//a[1 to 2]',
    '//@id/x',
    'a b',
    '//a[@b="]',
  ])('refuses %s', (path) => {
    expect(parseXPath(path)).toBeNull();
  });

  test.each<[string, unknown]>([
    ['//b/@n', ['x', 'y']],
    ['/b/@n', ['x', 'y']],
    ['/data/b/@n', ['x', 'y']],
    ['b[2]', null],
    ['/b[2]/@n', 'y'],
  ])('%s in elements beside each other, with text before them', (path, values) => {
    expect(xpathValues('10:00 books: <b n="x">1</b><b n="y"/>', parseXPath(path)!)).toEqual(values);
  });

  test('finds nothing in a text that is no plain XML', () => {
    const path = parseXPath('//item')!;
    for (const text of ['', 'x', '<a', `<?xml version="1.0"?>${xml}`, `<!DOCTYPE list>${xml}`])
      expect(xpathValues(text, path)).toBeNull();
  });

  test('takes long paths and deep texts', () => {
    expect(parseXPath(`//a${'[@b]'.repeat(20_000)}`)).not.toBeNull();
    expect(parseXPath(`//a${'[@b'.repeat(20_000)}`)).toBeNull();
    const deep = `${'<a>'.repeat(300)}x${'</a>'.repeat(300)}`;
    expect(xpathValues(deep, parseXPath('//a//a//a')!)).not.toBeNull();
  });
});
