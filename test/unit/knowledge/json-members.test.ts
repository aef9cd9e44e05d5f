// Reading the wanted members of a flat object by a regular expression gives what walking through its text gives.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonReader } from '../../../src/knowledge/json-fields.js';
import { MemberFinder } from '../../../src/knowledge/json-members.js';
import { createRow } from '../../../src/runtime/value.js';

/** What a reader gives; behind a blank a text is walked through. */
function read(text: string, wanted: readonly string[]): [unknown, unknown] {
  const rows = [text, ` ${text}`].map((given) => {
    const row = createRow();
    jsonReader(new Set(wanted))(given, row);
    return { ...row };
  });
  return [rows[0], rows[1]];
}

describe('members of flat objects', () => {
  it.each<[what: string, text: string, names: string[], found: unknown]>([
    [
      'strings and other values',
      '{"a":"x","b":1.50,"c":true}',
      ['a', 'b', 'c'],
      { a: 'x', b: '1.50', c: 'true' },
    ],
    ['a name that comes again', '{"a":1,"b":2,"a":"3"}', ['a'], { a: ['1', '3'] }],
    ['blanks', '{ "a" :\t1 , "b"\n: "2" }', ['b'], { b: '2' }],
    ['escapes', '{"x":"\\"a\\":1","a":"\\u0062\\\\"}', ['a'], { a: 'b\\' }],
    ['a name behind what is nested', '{"x":{"a":[1,"]"]},"y":[[]],"a":2}', ['a'], { a: '2' }],
    ['no such name', '{"x":1}', ['a'], {}],
    ['an escaped name', '{"\\u0061":1}', ['a'], { a: '1' }],
    ['an escaped name behind another', '{"a":1,"\\u0061":2}', ['a'], { a: ['1', '2'] }],
    ['a fault before the name', '{"x":1 junk,"a":2}', ['a'], {}],
    ['a fault behind the name', '{"a":2,junk', ['a'], { a: '2' }],
    ['a text that is cut off', '{"a":2,"b":"x', ['b'], { b: 'x' }],
    ['a name that is a value', '{"x":"a","y":["a"],"a":1}', ['a'], { a: '1' }],
    ['a path', '{"a":{"b":1},"b":2}', ['a.b', 'b'], { 'a.b': '1', b: '2' }],
    ['what comes after the object', '{"b":1} {"a":2}', ['a'], {}],
  ])('%s: %s', (_, text, names, found) => {
    const [quick, walked] = read(text, names);
    expect(quick).toEqual(found);
    expect(walked).toEqual(found);
  });

  it('are found without walking', () => {
    const finder = MemberFinder.of(['a']);
    expect(finder?.find('{"x":[1],"a":"b","y":2}')).toBe(true);
    expect(finder).toMatchObject({ count: 1, found: [0], written: ['b'], isString: [true] });
    expect(finder?.find('{"x":1}')).toBe(true);
    expect(finder?.count).toBe(0);
    expect(finder?.find('{"x":1 junk,"a":2}')).toBe(false);
    expect(finder?.find('{"a":{}}')).toBe(false);
  });

  it('are not looked for where texts are of another kind', () => {
    const finder = MemberFinder.of(['a']);
    for (let i = 0; i < 1000; i++) finder?.find('{"a":{}}');
    expect(finder?.find('{"a":1}')).toBe(false);
  });

  it('are found in time in proportion to the text', () => {
    const finder = MemberFinder.of(['a']);
    const start = performance.now();
    for (const part of [
      '"x":1,',
      '"x":"',
      '[',
      '"x":[',
      '\\"',
      '"x":"\\\\',
      '{"',
      ' ',
      '"x":1',
      ',"',
      '"a":1,',
    ]) {
      const text = `{${part.repeat(60_000 / part.length)}"a"`;
      finder?.find(text);
      finder?.find(`${text}]`);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('are the same as those that walking finds, whatever the text is', () => {
    const piece = fc.constantFrom(
      ...[
        '"a"',
        '"b"',
        '"a.b"',
        '"c"',
        '"\\u0061"',
        '"x\\"',
        '"\\\\"',
        '"é"',
        '""',
        '"',
        ':',
        ':',
        ',',
        ',',
        '{',
        '}',
      ],
      ...[
        '[',
        ']',
        '1',
        '-1e5',
        'true',
        'null',
        ' ',
        '\n',
        '\u00a0',
        'a',
        '\\',
        '"a":1',
        '"b":"c"',
        ',"a":',
        '"a":"',
      ],
    );
    const member = fc
      .tuple(fc.constantFrom('a', 'b', 'a.b', 'c', '\\u0061', 'host'), fc.json({ maxDepth: 3 }))
      .map(([name, value]) => `"${name}":${value}`);
    const text = fc.oneof(
      fc.array(piece, { maxLength: 14 }).map((parts) => `{${parts.join('')}`),
      fc.array(member, { maxLength: 6 }).map((members) => `{${members.join(',')}}`),
      fc
        .tuple(fc.array(member, { maxLength: 5 }), piece, fc.nat(5))
        .map(([members, other, at]) => `{${members.toSpliced(at, 0, other).join(',')}}`),
    );
    const wanted = fc.subarray(['a', 'b', 'a.b', 'c', 'extracted_host', 'a{}', '_raw', 'd', 'e'], {
      minLength: 1,
    });
    fc.assert(
      fc.property(text, wanted, (given, names) => {
        const [quick, walked] = read(given, names);
        expect(quick).toEqual(walked);
      }),
      { numRuns: Number(process.env['MEMBER_RUNS'] ?? 2000) },
    );
  });
});
