// The .conf reader: every rule of the format, positions included.
import { describe, expect, it } from 'vitest';
import { confBoolean, mergeConf, readConf } from '../../../src/conf/read.js';

const plain = (text: string) =>
  readConf(text).stanzas.map((s) => [s.name, s.entries.map((e) => [e.key, e.value])]);

describe('readConf', () => {
  it.each<[string, string, unknown]>([
    [
      'reads keys of a stanza',
      '[a]\nx = 1\ny=2',
      [
        [
          'a',
          [
            ['x', '1'],
            ['y', '2'],
          ],
        ],
      ],
    ],
    [
      'puts keys above the first header into default',
      'x = 1\n[a]',
      [
        ['default', [['x', '1']]],
        ['a', []],
      ],
    ],
    ['ignores comments and blank lines', '# c\n\n  # d\n[a]\n#x = 1\n', [['a', []]]],
    ['keeps # inside a value', '[a]\nx = 1 # two', [['a', [['x', '1 # two']]]]],
    [
      'joins continued lines',
      '[a]\nx = one \\\n  two\\\nthree\ny = 1',
      [
        [
          'a',
          [
            ['x', 'one \n  two\nthree'],
            ['y', '1'],
          ],
        ],
      ],
    ],
    [
      'takes a comment sign and a bracket on a continued line as text',
      '[a]\nx = 1\\\n# no\\\n[b]\n',
      [['a', [['x', '1\n# no\n[b]']]]],
    ],
    [
      'does not continue after a backslash and a blank',
      '[a]\nx = 1\\ \ny = 2',
      [
        [
          'a',
          [
            ['x', '1\\'],
            ['y', '2'],
          ],
        ],
      ],
    ],
    ['ends at a backslash on the last line', '[a]\nx = 1\\', [['a', [['x', '1\\']]]]],
    [
      'splits at the first equals sign',
      '[a]\nEVAL-x = if(a=1,"b=c",d)',
      [['a', [['EVAL-x', 'if(a=1,"b=c",d)']]]],
    ],
    ['keeps brackets of patterns in names', '[source::...[/\\\\]x]\n', [['source::...[/\\\\]x', []]]],
    ['reads CRLF and a byte order mark', '\ufeff[a]\r\nx = 1\\\r\n2\r\n', [['a', [['x', '1\n2']]]]],
    ['keeps an empty value', '[a]\nx =\n', [['a', [['x', '']]]]],
    [
      'keeps hostile names apart from objects',
      '[__proto__]\nconstructor = 1',
      [['__proto__', [['constructor', '1']]]],
    ],
    [
      'keeps a stanza written twice as two',
      '[a]\nx=1\n[a]\nx=2',
      [
        ['a', [['x', '1']]],
        ['a', [['x', '2']]],
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(plain(text)).toEqual(expected);
  });

  it('gives places of names, keys and values', () => {
    const text = '[one]\n  key =  a b  \n';
    const stanza = readConf(text).stanzas[0];
    const entry = stanza?.entries[0];
    const cut = (span?: { start: number; end: number }) => span && text.slice(span.start, span.end);
    expect([cut(stanza?.nameSpan), cut(entry?.keySpan), cut(entry?.valueSpan)]).toEqual([
      'one',
      'key',
      'a b',
    ]);
  });

  it.each([
    ['a line without =', '[a]\njunk', 'expected "key = value", "[stanza]" or a comment', 'junk'],
    ['a line without a key', '[a]\n= 1', 'expected "key = value", "[stanza]" or a comment', '= 1'],
    ['an open header', '[a\nx = 1', 'stanza header is not closed', '[a'],
  ])('reports %s', (_, text, message, marked) => {
    const found = readConf(text).diagnostics;
    expect(found.map((d) => [d.message, text.slice(d.span.start, d.span.end)])).toEqual([[message, marked]]);
  });

  it('reads a long text in linear time', () => {
    const text = `[a]\nx = ${'b\\\n'.repeat(200_000)}c`;
    expect(readConf(text).stanzas[0]?.entries[0]?.value.length).toBe(400_001);
  });
});

describe('mergeConf', () => {
  it('lets later keys, stanzas and files win', () => {
    const merged = mergeConf(readConf('[a]\nx=1\nx=2\ny=1\n[b]\nz=1'), readConf('[a]\ny=3\n[a]\nw=4'));
    const flat = [...merged].map(([name, keys]) => [name, [...keys].map(([k, e]) => `${k}=${e.value}`)]);
    expect(flat).toEqual([
      ['a', ['x=2', 'y=3', 'w=4']],
      ['b', ['z=1']],
    ]);
  });
});

describe('confBoolean', () => {
  it.each([
    ['1', true],
    ['T', true],
    ['false', false],
    ['No', false],
    ['maybe', true],
    [undefined, true],
  ])('reads %s', (value, expected) => {
    expect(confBoolean(value, true)).toBe(expected);
  });
});
