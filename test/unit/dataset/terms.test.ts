// Leaving out events by the terms and times that a search needs never leaves out one that it wants.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTexts, type NeededTexts } from '../../../src/dataset/term-filter.js';
import { onlyFile, readBytes } from './read.js';

/** Whether a record may qualify; null when nothing can be told from its text. */
function mayQualify(text: string | Buffer, needed: NeededTexts, traits?: Parameters<typeof compileTexts>[1]) {
  const bytes = Buffer.from(text);
  const latin1 = bytes.toString('latin1');
  const matcher = compileTexts(needed, traits)?.matcher(bytes, latin1);
  if (matcher === undefined) return null;
  matcher.scan.lastIndex = 0;
  const isFound = matcher.scan.test(latin1);
  if (matcher.single) expect(matcher.test(latin1)).toBe(isFound);
  else expect(isFound || !matcher.test(latin1)).toBe(true);
  return matcher.test(latin1);
}

describe('compileTexts', () => {
  it.each<[string[][], string, boolean]>([
    [[['MimiKatz']], 'x mimikatz y', true],
    [[['mimikatz']], 'x mimi katz y', false],
    [[['a', 'b'], ['c']], 'b and c', true],
    [[['a', 'b'], ['c']], 'b and d', false],
    [[['C:\\Windows\\cmd.exe']], '"C:\\\\Windows\\\\cmd.exe"', true],
    [[['a & b']], 'a &amp; b', true],
    [[['café']], 'CAF\u00c9', true],
    [[['.*']], 'x.*', true],
    [[['.+']], 'x.+', true],
    [[['.+']], 'x.', true],
    [[[]], 'anything', true],
  ])('%j in %s: %s', (clauses, text, expected) => {
    expect(mayQualify(text, { terms: clauses }) ?? true).toBe(expected);
  });

  it('knows nothing from terms without plain characters', () => {
    expect(compileTexts({ terms: [['\\\\', '"']] })).toBeNull();
    expect(compileTexts({ terms: [] })).toBeNull();
  });
});

describe('scanning with terms', () => {
  const word = fc.constantFrom('alpha', 'Beta', 'GAMMA', 'del', 'delta', 'x', 'é', '"', '\\');
  const lines = fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 30 });
  const clauses = fc.array(fc.array(word, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 });

  const contains = (text: string, terms: string[][]) =>
    terms.every((clause) => clause.some((term) => text.toLowerCase().includes(term.toLowerCase())));

  it.each<[string, (words: string[], i: number) => string, string]>([
    ['lines', (words) => `- ${words.join(' ')}`, '\n'],
    ['JSON lines', (words, i) => JSON.stringify({ i, words: words.join(' ') }), '\n'],
    ['a JSON array', (words, i) => JSON.stringify({ i, words: words.join(' ') }), ','],
    ['XML', (words) => `<Event><System></System><a>${words.join(' ')}</a></Event>`, ''],
  ])('gives all events that have them: %s', async (name, print, separator) => {
    await fc.assert(
      fc.asyncProperty(
        lines,
        clauses,
        fc.integer({ min: 5, max: 200 }),
        async (words, rawTerms, chunkSize) => {
          const joined = words.map(print).join(separator);
          const content = name === 'a JSON array' ? `[${joined}]` : joined;
          const all = await readBytes(content);
          const some = await readBytes(content, {}, { rawTerms }, chunkSize);
          const raws = new Set(some.events.map(({ raw, line }) => `${line}:${raw}`));
          const wanted = all.events.filter((_, i) => contains(words[i]!.join(' '), rawTerms));
          for (const { raw, line } of wanted) expect(raws).toContain(`${line}:${raw}`);
          expect(onlyFile(some).events + onlyFile(some).skipped).toBe(all.events.length);
          expect(some.events.every((event) => all.events.some(({ raw }) => raw === event.raw))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads headers whatever the terms are', async () => {
    const csv = await readBytes('name,value\nann,1\nbob,2\n', {}, { rawTerms: [['bob']] });
    expect(csv.events).toMatchObject([{ preset: { name: 'bob', value: '2' }, line: 3 }]);
    const zeek = await readBytes(
      '#separator \\x09\n#fields\tts\tuid\n1521911720.1\tA\n1521911721.1\tB\n',
      {},
      { rawTerms: [['B']] },
    );
    expect(zeek.events).toMatchObject([{ preset: { uid: 'B' } }]);
  });

  it('leaves out what is out of the time range', async () => {
    const content = [1, 2, 3, 4].map((i) => `{"time":170000000${i}}`).join('\n');
    const { events, report } = await readBytes(content, {}, { earliest: 1700000002, latest: 1700000004 });
    expect(events.map(({ time }) => time)).toEqual([1700000002, 1700000003]);
    expect(report.files[0]).toMatchObject({ events: 2, skipped: 2 });
  });

  it('dates events without a timestamp by the one before, or by the clock, and counts them', async () => {
    const result = await readBytes('first\n2024-01-01T00:00:00Z second\nthird\n', {
      indexTime: () => ({ SHOULD_LINEMERGE: false }),
    });
    expect(result.events.map(({ time }) => time)).toEqual([1_700_000_000, 1704067200, 1704067200]);
    expect(onlyFile(result)).toMatchObject({ timeless: 2 });
  });
});

describe('line breaking by settings', () => {
  it.each<[string, Parameters<typeof readBytes>[1], string, string[]]>([
    ['LINE_BREAKER', { indexTime: () => ({ LINE_BREAKER: '(\\|\\|)\\d' }) }, 'a||1b||2c', ['a', '1b', '2c']],
    [
      'BREAK_ONLY_BEFORE',
      { indexTime: () => ({ BREAK_ONLY_BEFORE: '^#' }) },
      '#1\na\n#2\nb\nc\n',
      ['#1\na', '#2\nb\nc'],
    ],
    [
      'MUST_BREAK_AFTER',
      { indexTime: () => ({ SHOULD_LINEMERGE: true, MUST_BREAK_AFTER: ';$' }) },
      'a\nb;\nc\n',
      ['a\nb;', 'c'],
    ],
    [
      'SHOULD_LINEMERGE=false',
      { indexTime: () => ({ SHOULD_LINEMERGE: false }) },
      '2024-01-01 00:00:00 a\n b\n',
      ['2024-01-01 00:00:00 a', ' b'],
    ],
  ])('%s', async (_, options, content, expected) => {
    for (const chunkSize of [1 << 16, 3]) {
      const { events } = await readBytes(content, options, {}, chunkSize);
      expect(events.map(({ raw }) => raw)).toEqual(expected);
    }
  });
});
