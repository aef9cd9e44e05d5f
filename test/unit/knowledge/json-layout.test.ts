// Reading the wanted members of records by their learned layout gives what walking through their texts gives.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonReader } from '../../../src/knowledge/json-fields.js';
import { JsonLayout, Kind } from '../../../src/runtime/json-layout.js';
import { createRow, type Row } from '../../../src/runtime/value.js';

function rowOf(read: ReturnType<typeof jsonReader>, text: string): Row {
  const row = createRow();
  read(text, row);
  return { ...row };
}

/** A reader that has met so many broken texts that it walks through all. */
function walker(wanted: readonly string[]): ReturnType<typeof jsonReader> {
  const read = jsonReader(new Set(wanted));
  for (let i = 0; i < 1000; i++) read('{"', createRow());
  return read;
}

/** Reads texts over and over, so that their layout is known, and compares each time. */
function compare(texts: readonly string[], wanted: readonly string[], rounds = 70): Row[] {
  const walk = walker(wanted);
  const expected = texts.map((text) => rowOf(walk, text));
  const read = jsonReader(new Set(wanted));
  for (let round = 0; round < rounds; round++)
    for (const [i, text] of texts.entries())
      expect(rowOf(read, text), `round ${round}\n${text}\nwanted ${wanted}\n`).toEqual(expected[i]);
  return expected;
}

describe('members of records', () => {
  it.each<[what: string, text: string, names: string[], found: unknown]>([
    [
      'strings and other values',
      '{"a":"x","b":1.50,"c":true}',
      ['a', 'b', 'c'],
      { a: 'x', b: '1.50', c: 'true' },
    ],
    ['a name that comes again', '{"a":1,"b":2,"a":"3"}', ['a'], { a: ['1', '3'] }],
    ['blanks', ' { "a" :\t1 , "b"\n: "2" }', ['b'], { b: '2' }],
    ['escapes', '{"x":"\\"a\\":1","a":"\\u0062\\\\"}', ['a'], { a: 'b\\' }],
    ['a name behind what is nested', '{"x":{"a":[1,"]"]},"y":[[]],"a":2}', ['a'], { a: '2' }],
    ['no such name', '{"x":1}', ['a'], {}],
    ['an escaped name', '{"\\u0061":1}', ['a'], { a: '1' }],
    [
      'an escaped name behind another',
      '{"a":1,"x":"                  ","\\u0061":2}',
      ['a'],
      { a: ['1', '2'] },
    ],
    ['a fault before the name', '{"x":1 junk,"a":2}', ['a'], {}],
    ['a fault behind the name', '{"a":2,junk', ['a'], { a: '2' }],
    ['a text that is cut off', '{"a":2,"b":"x', ['b'], { b: 'x' }],
    ['a name that is a value', '{"x":"a","y":["a"],"a":1}', ['a'], { a: '1' }],
    ['a bracket in what is no value', '{"x":{"y":x{},"z":1},"a":2}', ['a'], { a: '2' }],
    ['a path', '{"a":{"b":1},"b":2}', ['a.b', 'b'], { 'a.b': '1', b: '2' }],
    ['a path in arrays', '{"a":[{"b":1},{"b":2},{}],"c":[]}', ['a{}.b'], { 'a{}.b': ['1', '2'] }],
    ['elements', '{"a":["x",1,["y"]],"b":"a"}', ['a{}'], { 'a{}': ['x', '1'] }],
    ['an array at the top', '[{"a":1},{"a":2}]', ['{}.a'], { '{}.a': ['1', '2'] }],
    ['what comes after the object', '{"b":1} {"a":2}', ['a'], {}],
    ['a default field', '{"host":"x"}', ['extracted_host'], { extracted_host: 'x' }],
    [
      'a value of several kinds',
      '{"a":[1,"2",null,{"a":3}]}',
      ['a{}', 'a{}.a'],
      { 'a{}': ['1', '2', 'null'], 'a{}.a': '3' },
    ],
  ])('%s: %s', (_, text, names, found) => {
    expect(compare([text], names)).toEqual([found]);
  });

  it('are read where members come and go, and change their kind', () => {
    const texts = [
      '{"t":1,"a":"x","b":"y"}',
      '{"t":1,"b":"y"}',
      '{"t":1,"a":null,"b":"y"}',
      '{"t":1,"a":{"b":1},"b":[]}',
      '{"t":1,"a":[{"b":"z"},{}],"b":"\\""}',
      '{"t":"1","a":"x"}',
      '{"t":1,"a":"x","b":"y"',
    ];
    compare(texts, ['a', 'b', 'a.b', 'a{}.b']);
    compare(texts, ['b']);
  });

  it('are read where keys are ever new', () => {
    const texts = Array.from(
      { length: 300 },
      (_, i) =>
        `{"t":{"k${i}":{"v${i % 7}":"x"},"l${i % 40}":[${i}]},"a":"${i}","m${i % 30}":1,"b":{"c":[${i}]}}`,
    );
    compare(texts, ['a', 'b.c{}'], 12);
  });

  it('are read in time in proportion to the text', () => {
    const read = jsonReader(new Set(['a']));
    const pieces = [
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
      '"x":{',
    ];
    const start = performance.now();
    for (const piece of pieces) {
      const text = `{${piece.repeat(60_000 / piece.length)}"a"`;
      for (let i = 0; i < 5; i++) for (const end of ['', ']', ':1}']) read(text + end, createRow());
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('are the same as those that walking finds, whatever the texts are', () => {
    const pieces =
      '"a" "b" "a.b" "c" "\\u0061" "x\\" "\\\\" "é" "" " : : , , { } [ ] 1 -1e5 true null a \\ "a":1 "b":"c" ,"a": "a":"';
    const piece = fc.constantFrom(...pieces.split(' '), ' ', '\n', '\u00a0');
    const member = fc
      .tuple(fc.constantFrom('a', 'b', 'a.b', 'c', '\\u0061', 'host'), fc.json({ maxDepth: 3 }))
      .map(([name, value]) => `"${name}":${value}`);
    const text = fc.oneof(
      fc.array(piece, { maxLength: 14 }).map((parts) => `{${parts.join('')}`),
      fc.array(member, { maxLength: 6 }).map((members) => `{${members.join(',')}}`),
      fc
        .tuple(fc.array(member, { maxLength: 5 }), piece, fc.nat(5))
        .map(([members, other, at]) => `{${members.toSpliced(at, 0, other).join(',')}}`),
      fc
        .record({ a: fc.string(), b: fc.oneof(fc.integer(), fc.array(fc.record({ c: fc.string() }))) })
        .map((value) => JSON.stringify(value)),
    );
    const names = ['a', 'b', 'a.b', 'c', 'extracted_host', 'a{}', 'b{}.c', 'a.b{}.c', '{}', '_raw', 'd', 'e'];
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.subarray(names, { minLength: 1 }),
        (texts, wanted) => {
          compare(texts, wanted);
        },
      ),
      { numRuns: Number(process.env['MEMBER_RUNS'] ?? 150) },
    );
  });
});

describe('JsonLayout', () => {
  const members = (): JsonLayout<string> =>
    new JsonLayout<string>({
      sink: ({ depth, key }) => (depth === 1 ? key : null),
      enters: (_, depth) => depth === 0,
      wholes: true,
      keys: null,
    });

  it('notes objects and arrays as a whole', () => {
    const layout = members();
    const text = '{"a":{"x":[1,{}]},"b":[],"c":"d","e":1, "f":{ } }';
    for (let i = 0; i < 100; i++) expect(layout.read(text)).toBe(true);
    const noted = Array.from({ length: layout.count }, (_, i) => [
      layout.sinks[i],
      text.slice(layout.starts[i], layout.ends[i]),
      layout.kinds[i],
    ]);
    expect(noted).toEqual([
      ['a', '{"x":[1,{}]}', Kind.Nested],
      ['b', '[]', Kind.Nested],
      ['c', 'd', Kind.String],
      ['e', '1', Kind.Bare],
      ['f', '{ }', Kind.Nested],
    ]);
    expect(layout.end).toBe(text.length);
  });

  it('is not sure of broken texts, and soon tries no more where most are', () => {
    const layout = members();
    for (const text of [
      '',
      '1',
      '"a":1',
      '{"a"',
      '{"a":}',
      '{"a":1',
      '{"a":"b',
      '{"a":1]',
      '{a:1}',
      '{"a":1 2}',
    ])
      expect(layout.read(text), text).toBe(false);
    for (let i = 0; i < 1000; i++) layout.read('{"a"');
    expect(layout.read('{"a":1}')).toBe(false);
  });
});
