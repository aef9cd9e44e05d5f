// The words of searches from build to build: taken for the same bytes only, and the same as counted anew.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wordsPath } from '../../../src/cache/cache-file.js';
import { WordRecords } from '../../../src/cache/word-records.js';
import type { ContentObject } from '../../../src/content/model.js';
import { wordsOf } from '../../../src/rules/word-index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-words-'));
  mkdirSync(join(folder, 'cache'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Searches = Readonly<Record<string, string>>;

/** One build over searches by file: their words, and the files whose search was read for them. */
function build(searches: Searches, program = 'p') {
  const read: string[] = [];
  const records = new WordRecords({ program, folder, identity: ({ file }) => `hash of ${searches[file]}` });
  const words = Object.entries(searches).map(([file, text]) => {
    const list = records.index.of({ file } as ContentObject, () => {
      read.push(file);
      return text;
    });
    return [file, new Set(list.map((number) => records.index.words[number]))] as const;
  });
  const { content, same } = records.file(() => '') ?? {};
  if (content !== undefined && same === undefined) writeFileSync(join(folder, wordsPath), content());
  return { read, words, isWritten: content !== undefined && same === undefined };
}
const counted = (searches: Searches) =>
  Object.entries(searches).map(([file, text]) => [file, wordsOf(text)] as const);

const first = { a: 'index=x | stats count by user', b: 'index=x dest=ö "two words"', c: 'zeta alpha' };

describe('a second build reads', () => {
  test.each<[string, Searches, string[], (() => void)?]>([
    ['nothing when nothing has changed', first, []],
    ['a search that has changed', { ...first, a: 'index=x | stats count by usr alpha' }, ['a']],
    ['a search that is new', { d: 'alpha beta', ...first }, ['d']],
    ['nothing when a search is gone', { b: first.b, c: first.c }, []],
    ['everything when the file is gone', first, ['a', 'b', 'c'], () => rmSync(join(folder, wordsPath))],
    [
      'everything when a byte of the file is another',
      first,
      ['a', 'b', 'c'],
      () => {
        const bytes = readFileSync(join(folder, wordsPath));
        bytes[bytes.length - 3]! ^= 1;
        writeFileSync(join(folder, wordsPath), bytes);
      },
    ],
  ])('%s', (_, searches, read, damage) => {
    build(first);
    damage?.();
    const second = build(searches);
    expect(second.read).toEqual(read);
    expect(second.words).toEqual(counted(searches));
    const third = build(searches);
    expect(third).toEqual({ read: [], words: counted(searches), isWritten: false });
  });

  test('names of the program once', () => {
    const names = () => ['user', 'straße'];
    const records = new WordRecords({ program: 'p', folder, identity: () => 'same' });
    records.index.of({ file: 'a' } as ContentObject, () => 'x');
    expect([...records.index.modelFields(names)]).toEqual(names());
    writeFileSync(join(folder, wordsPath), records.file(() => '')!.content());
    const next = new WordRecords({ program: 'p', folder, identity: () => 'same' });
    next.index.of({ file: 'a' } as ContentObject, () => 'y');
    const kept = next.index.modelFields(() => {
      throw new Error('made again');
    });
    expect([...kept]).toEqual(names());
    expect(next.file(() => '')?.same).toBeDefined();
  });

  test('everything after another program', () => {
    build(first);
    expect(build(first, 'q').read).toEqual(['a', 'b', 'c']);
  });
});
