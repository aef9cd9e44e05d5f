// Numbers, wildcards, addresses, JSON and XML as the runtime reads and prints them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCidr } from '../../../src/runtime/ip.js';
import { parseJson, stringifyJson } from '../../../src/runtime/json.js';
import { compileLike } from '../../../src/runtime/like.js';
import {
  formatNumber,
  groupThousands,
  parseNumber,
  roundDecimal,
  withDecimals,
} from '../../../src/runtime/number.js';
import { wildcard } from '../../../src/runtime/pattern.js';
import { spath, spathAll } from '../../../src/runtime/spath.js';
import { parseXml } from '../../../src/runtime/xml.js';

describe('numbers', () => {
  test('rounding goes by the decimal half, and decimals that are 0 are shown', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.integer({ min: 1, max: 5 }),
        (digits, decimals) => {
          const half = Number(`${digits}5e-${decimals + 1}`);
          expect(roundDecimal(half, decimals)).toBe(Number(`${digits + 1}e-${decimals}`));
          const below = half - half * Number.EPSILON;
          if (digits < 10 ** 6 && below > 0)
            expect(roundDecimal(below, decimals)).toBe(Number(`${digits}e-${decimals}`));
          const rounded = Number(`${digits}e-${decimals}`);
          for (const number of [rounded, -rounded]) {
            const text = number.toFixed(decimals);
            expect(withDecimals(number, decimals)).toBe(text.endsWith('0') ? text : number);
          }
        },
      ),
    );
  });
  test.each(['5', '-1.5', '+3', '.5', '5.', '1e3', '007', '1E-2'])('%s is one', (text) => {
    expect(parseNumber(text)).toBe(Number(text));
  });
  test.each(['', ' 5', '5 ', '0x10', '0b1', 'abc', '1,000', 'Infinity', 'NaN', '--1', '1e', '1_000', '٣'])(
    '%j is none',
    (text) => {
      expect(parseNumber(text)).toBeNaN();
    },
  );
  test('printing', () => {
    expect([0.1 + 0.2, 1e21, 1e-7, -0, 9007199254740991, 2 / 3].map(formatNumber)).toEqual([
      '0.30000000000000004',
      '1e+21',
      '1e-07',
      '0',
      '9007199254740991',
      '0.6666666666666666',
    ]);
    expect(['1234567.5', '-123', '999'].map(groupThousands)).toEqual(['1,234,567.5', '-123', '999']);
    expect([2.555, 1.005, -2.5, 1e300].map((n) => roundDecimal(n, 2))).toEqual([2.56, 1.01, -2.5, 1e300]);
    // Just below a half, and what a number shows of its last decimals.
    expect([1.4649999999999999, 0.14049999999999999, 25.125].map((n) => roundDecimal(n, 2))).toEqual([
      1.46, 0.14, 25.13,
    ]);
  });
  test('what is printed reads back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        expect(parseNumber(formatNumber(n))).toBe(n + 0);
      }),
    );
  });
});

describe('wildcards', () => {
  const cases: [string, string, boolean][] = [
    ['abc', 'ABC', true],
    ['a*c', 'a\nb\nC', true],
    ['*b*', 'abc', true],
    ['*', '', true],
    ['a*b*c', 'axbxc', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['*.exe', 'x.EXE.txt', false],
    ['a.c', 'abc', false],
    ['**a**', 'bab', true],
  ];
  test.each(cases)('%s on %j', (pattern, text, expected) => expect(wildcard(pattern)(text)).toBe(expected));

  test('case and stars that stand for themselves', () => {
    expect(wildcard('A*', true)('abc')).toBe(false);
    expect(wildcard('a*b', false, [1])('a*b')).toBe(true);
    expect(wildcard('a*b', false, [1])('axb')).toBe(false);
  });

  test('many stars on long text take no time', () => {
    const start = performance.now();
    expect(wildcard(`${'*a'.repeat(50)}b`)('a'.repeat(200_000))).toBe(false);
    expect(compileLike(`${'%a_'.repeat(20)}b`)('a'.repeat(5_000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('agree with a regex', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '%', '_'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, value) => {
        const plain = (s: string) => s.replace(/[*]/g, '\\*');
        const glob = new RegExp(`^${pattern.replaceAll('*', '[^]*')}$`);
        expect(wildcard(pattern)(value)).toBe(glob.test(value));
        const like = new RegExp(`^${plain(pattern).replaceAll('%', '[^]*').replaceAll('_', '[^]')}$`);
        expect(compileLike(pattern)(value)).toBe(like.test(value));
      }),
    );
  });
});

test.each([
  ['10.0.0.0/8', '10.255.1.2', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['0.0.0.0/0', '200.1.2.3', true],
  ['192.168.1.7', '192.168.1.7', true],
  ['192.168.1.7/32', '192.168.1.8', false],
  ['2001:db8::/32', '2001:0db8:0:0::1', true],
  ['2001:db8::/33', '2001:db8:8000::', false],
  ['::ffff:0:0/96', '::ffff:1.2.3.4', true],
  ['10.0.0.0/8', '10.0.0', false],
  ['10.0.0.0/8', '10.0.0.256', false],
  ['10.0.0.0/8', '::1', false],
] as const)('%s has %s: %s', (cidr, address, expected) => {
  expect(compileCidr(cidr)?.(address)).toBe(expected);
});

test.each(['10.0.0.0/33', 'x/8', '10.0.0.0/', '1:2:3::4::5/64', ''])('%j is no subnet', (text) => {
  expect(compileCidr(text)).toBeNull();
});

describe('JSON', () => {
  test('reads what JSON.parse reads, and nothing else', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(stringifyJson(parseJson(text) as never))).toEqual(JSON.parse(text));
      }),
    );
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '1', 'a', ' ', '\\', '-', '.'),
        }),
        (text) => {
          let valid = true;
          try {
            JSON.parse(text);
          } catch {
            valid = false;
          }
          expect(parseJson(text) !== undefined).toBe(valid);
        },
      ),
    );
  });

  test('long numbers keep their digits', () => {
    expect(stringifyJson(parseJson('{"id":12345678901234567890,"v":1.50}') as never)).toBe(
      '{"id":12345678901234567890,"v":1.50}',
    );
  });

  test('nesting beyond reason is no JSON', () => {
    expect(parseJson('['.repeat(100_000) + ']'.repeat(100_000))).toBeUndefined();
  });
});

describe('spath', () => {
  const json = '{"a":{"b":[{"c":1},{"c":[2,3]}]},"t":true,"n":null,"s":["x","y"],"e":[],"__proto__":{"p":1}}';
  test('all fields', () => {
    expect([...spathAll(json)]).toEqual([
      ['a.b{}.c', 1],
      ['a.b{}.c{}', [2, 3]],
      ['t', 'true'],
      ['n', 'null'],
      ['s{}', ['x', 'y']],
      ['__proto__.p', 1],
    ]);
    expect([...spathAll('[{"k":1},{"k":2}]')]).toEqual([['{}.k', [1, 2]]]);
    expect([...spathAll('<e v="1"><d n="x">y</d><d n="z">w</d></e>')]).toEqual([
      ['e{@v}', '1'],
      ['e.d{@n}', ['x', 'z']],
      ['e.d', ['y', 'w']],
    ]);
    expect(spathAll('no json').size).toBe(0);
  });
  test.each([
    ['a.b{0}.c', 1],
    ['a.b{1}.c{}', [2, 3]],
    ['s{1}', 'y'],
    ['a.b{}.nosuch', null],
    ['a{', null],
  ] as const)('%s', (path, expected) => {
    expect(spath(json, path)).toEqual(expected);
  });
});

test('XML that is not well-formed, or nests too deep, is none', () => {
  for (const text of ['<a><b></a>', '<a', '<a b=>', '</a>', '<a>', '<a>'.repeat(10_000)])
    expect(parseXml(text)).toBeNull();
  expect(
    parseXml('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;&lt;<![CDATA[<b>]]></a>')?.text ?? '',
  ).toContain('<b>');
});
