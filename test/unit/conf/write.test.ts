// What the writer puts into a .conf text is what the reader finds there.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConf } from '../../../src/conf/read.js';
import { confComment, confStanzaName, confValue } from '../../../src/conf/write.js';

/** What must come back: outer blanks gone, line ends as line feeds, blanks before a line end ignored. */
const meaning = (text: string) =>
  text
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+(?=\n)/g, '')
    .trim();

const awkward = fc.array(
  fc.constantFrom(
    '\\',
    '\n',
    '\r',
    '\r\n',
    ' ',
    '\t',
    '[',
    ']',
    '#',
    '=',
    '"',
    "'",
    '$',
    'ä',
    '漢',
    '😀',
    'a = b',
    '[x]',
    'C:\\Windows\\',
  ),
  { maxLength: 24 },
);
const text = fc.oneof(
  awkward.map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  awkward.map((parts) => parts.join('').repeat(1500).slice(0, 30_000)),
);

describe('conf writer', () => {
  test('reader and writer agree on every value and on the key after it', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const conf = `[stanza]\nfirst = ${confValue(first)}\nsecond = ${confValue(second)}\nthird = 3\n`;
        const { stanzas, diagnostics } = readConf(conf);
        expect(diagnostics).toEqual([]);
        expect(stanzas.map((stanza) => stanza.name)).toEqual(['stanza']);
        expect(stanzas[0]!.entries.map((entry) => [entry.key, meaning(entry.value)])).toEqual([
          ['first', meaning(first)],
          ['second', meaning(second)],
          ['third', '3'],
        ]);
      }),
    );
  });

  test('reader and writer agree on stanza names', () => {
    fc.assert(
      fc.property(text, (name) => {
        const { stanzas } = readConf(`[${confStanzaName(name)}]\nkey = value\n`);
        expect(stanzas.map((stanza) => stanza.name)).toEqual([confStanzaName(name)]);
        expect(confStanzaName(name)).toBe(confStanzaName(name).trim());
      }),
    );
  });

  test('a comment stays a comment', () => {
    fc.assert(
      fc.property(text, (words) => {
        const { stanzas } = readConf(`[s]\n# ${confComment(words)}\nkey = value\n`);
        expect(stanzas[0]!.entries.map((entry) => entry.key)).toEqual(['key']);
      }),
    );
  });

  test.each([
    ['plain', 'plain'],
    ['  outer blanks\t', 'outer blanks'],
    ['two\nlines', 'two \\\nlines'],
    ['dos\r\nlines', 'dos \\\nlines'],
    ['C:\\Windows\\', 'C:\\Windows\\ \\\n'],
    ['', ''],
  ])('writes %j as %j', (value, written) => {
    expect(confValue(value)).toBe(written);
  });
});
