// Places of values, keys and characters in YAML texts of every scalar style.
import fc from 'fast-check';
import { EVENT_ID, getScalarValue, parseEvents } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { YamlDocument } from '../../../src/content/yaml/document.js';
import { mapScalar } from '../../../src/content/yaml/scalar-map.js';

/** Line:column of the first occurrence of a word in the decoded scalar at `search`. */
function placeOf(yaml: string, word: string): string {
  const document = new YamlDocument('a.yml', yaml);
  expect(document.diagnostics()).toEqual([]);
  const text = (document.value as { search: string }).search;
  const start = text.indexOf(word);
  expect(start).toBeGreaterThanOrEqual(0);
  const place = document.spanPlace(['search'], { start, end: start + word.length });
  return `${place.line}:${place.column}-${place.endLine}:${place.endColumn}`;
}

describe('spanPlace', () => {
  it.each([
    ['plain', 'search: index=a | haed 3\n', '1:19-1:23'],
    ['plain over lines', 'search: index=a\n  | haed 3\n', '2:5-2:9'],
    ['plain over an empty line', 'search: index=a\n\n\n  | haed 3\n', '4:5-4:9'],
    ['single quoted', "search: 'a=\"it''s\" | haed 3'\n", '1:22-1:26'],
    ['single quoted over lines', "search: 'a\n  ''b'' | haed 3'\n", '2:11-2:15'],
    ['double quoted', 'search: "a=\\"x\\" \\u0041 | haed 3"\n', '1:27-1:31'],
    ['double quoted, folded', 'search: "a \\\n   b\n   | haed 3"\n', '3:6-3:10'],
    ['literal', 'search: |\n    index=a\n    | haed 3\n', '3:7-3:11'],
    ['literal, stripped, deeper line', 'search: |-\n    index=a\n\n      | haed 3\n', '4:9-4:13'],
    ['literal with an indentation number', 'search: |2\n   index=a\n   | haed 3\n', '3:6-3:10'],
    ['folded', 'search: >\n  index=a\n\n  | haed 3\n  x\n', '4:5-4:9'],
    ['folded, kept', 'search: >+\n  index=a\n    more\n  | haed 3\n\n', '4:5-4:9'],
    ['CRLF literal', 'search: |\r\n  index=a\r\n  | haed 3\r\n', '3:5-3:9'],
    ['CRLF quoted', "search: 'index=a\r\n  | haed 3'\r\n", '2:5-2:9'],
  ])('%s', (_, yaml, expected) => {
    expect(placeOf(yaml, 'haed')).toBe(expected);
  });

  it('reaches into text whose lines stand at column 1', () => {
    const document = new YamlDocument('a.yml', "name: x\nsearch: 'index=a\n| haed 3'\nid: 1\n");
    const place = document.spanPlace(['search'], { start: 10, end: 14 });
    expect(place).toMatchObject({ line: 3, column: 3, endLine: 3, endColumn: 7 });
    expect(document.valuePlace(['id'])).toMatchObject({ line: 4, column: 5 });
    expect(document.diagnostics()).toMatchObject([{ severity: 'warning', line: 3, column: 1 }]);
  });
});

describe('valuePlace and keyPlace', () => {
  const document = new YamlDocument(
    'a.yml',
    'name: "x"\ntags:\n  - a: 1\n    b: [p, q]\n  - c\nempty:\nbase: &x {k: v}\nmore:\n  <<: *x\n  own: *x\ntext: |\n  abc\n',
  );
  it.each([
    [['name'], '1:7-1:10', '1:1-1:5'],
    [['tags'], '3:3-5:6', '2:1-2:5'],
    [['tags', 0, 'a'], '3:8-3:9', '3:5-3:6'],
    [['tags', 0, 'b', 1], '4:12-4:13', '4:12-4:13'],
    [['tags', 1], '5:5-5:6', '5:5-5:6'],
    [['tags', 9], '2:1-2:5', '2:1-2:5'],
    [['tags', 0, 'z'], '3:5-3:6', '3:5-3:6'],
    [['empty'], '6:1-6:6', '6:1-6:6'],
    [['more', 'k'], '7:14-7:15', '7:11-7:12'],
    [['more', 'own', 'k'], '7:14-7:15', '7:11-7:12'],
    [['text'], '11:7-12:6', '11:1-11:5'],
    [['absent'], '1:1-1:2', '1:1-1:2'],
  ])('%j', (path, value, key) => {
    const show = (p: { line: number; column: number; endLine: number; endColumn: number }) =>
      `${p.line}:${p.column}-${p.endLine}:${p.endColumn}`;
    expect(show(document.valuePlace(path))).toBe(value);
    expect(show(document.keyPlace(path))).toBe(key);
  });
});

describe('mapScalar', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'a',
      'b c',
      ' ',
      '\n',
      '\n  ',
      '\r\n  ',
      '\t',
      "''",
      '\\n',
      '\\\n  ',
      '\\x41',
      '|',
      'é',
      '😀',
    ),
    { maxLength: 14 },
  );
  const styles = fc.constantFrom(
    (body: string) => `k: ${body}`,
    (body: string) => `k: '${body}'`,
    (body: string) => `k: "${body}"`,
    ...['|', '>', '|-', '>-', '|+', '>+', '|1', '>1'].map(
      (head) => (body: string) => `k: ${head}\n  ${body.replaceAll(/\n/g, '\n  ')}\n`,
    ),
  );
  it('decodes as js-yaml does, with ascending places', () => {
    fc.assert(
      fc.property(pieces, styles, (parts, style) => {
        const text = style(parts.join(''));
        let events: ReturnType<typeof parseEvents>;
        try {
          events = parseEvents(text, {});
        } catch {
          return;
        }
        for (const event of events) {
          if (event.type !== EVENT_ID.SCALAR) continue;
          const mapped = mapScalar(text, event);
          expect(mapped.value).toBe(getScalarValue(text, event));
          expect(mapped.offsets).toHaveLength(mapped.value.length + 1);
          for (let unit = 0; unit < mapped.value.length; unit++) {
            const written = text[mapped.offsets[unit] ?? -1] ?? '\n'; // a kept break at the end of the file
            if (written === mapped.value[unit]) continue;
            expect(written).toMatch(/[\\\s']/);
          }
          expect([...mapped.offsets]).toEqual([...mapped.offsets].sort((a, b) => a - b));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('texts that strict YAML refuses', () => {
  it.each([
    ["a: 'x\n'\nb: 1\n", { a: 'x ', b: 1 }],
    ["a: 'x\ny\n\nz'\nb: 1\n", { a: 'x y\nz', b: 1 }],
    ['a: "x\n"\nb: 1\n', { a: 'x ', b: 1 }],
    ['a: [x,\ny,\n]\nb: 1\n', { a: ['x', 'y'], b: 1 }],
    ['l:\n- a: "x\ny"\n  b: 1\n', { l: [{ a: 'x y', b: 1 }] }],
  ])('%j', (text, value) => {
    const document = new YamlDocument('a.yml', text);
    expect(document.diagnostics().map((d) => d.severity)).toEqual(['warning']);
    expect(document.value).toEqual(value);
  });
  it('never hangs on halves of files', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('a: ', "'", '"', '\n', '- ', '[', ']', '{', ': ', 'x', ' ', ',', '#', '|', '>'),
          { maxLength: 30 },
        ),
        (parts) => {
          const document = new YamlDocument('a.yml', parts.join(''));
          expect(document.diagnostics().length + 1).toBeGreaterThan(0);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
