// An event without a time takes that of the event before it, whether that one is shown or was left out unread.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeftRecords } from '../../../src/dataset/left-records.js';
import { onlyFile, readBytes } from './read.js';

const day = (n: number) => `2024-01-${String((n % 28) + 1).padStart(2, '0')}T00:00:00Z`;

describe('times of events behind records that were left out', () => {
  const lines = { indexTime: () => ({ SHOULD_LINEMERGE: false }) };
  type Options = Parameters<typeof readBytes>[1];
  it.each<[string, (word: string, n: number | null) => string, string, string, Options]>([
    ['lines', (word, n) => `${n === null ? '' : `${day(n)} `}${word}`, '', '\n', lines],
    ['JSON', (word, n) => JSON.stringify({ word, ...(n === null ? {} : { time: day(n) }) }), '', '\n', {}],
    ['a table', (word, n) => `${word},${n === null ? '' : day(n)}`, 'word,_time\n', '\n', {}],
  ])('are the same: %s', async (_, print, head, separator, options) => {
    const record = fc.tuple(fc.constantFrom('needle', 'hay', 'straw'), fc.option(fc.nat(27)));
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 20, max: 400 }),
        async (records, chunkSize) => {
          const content = head + records.map(([word, n]) => print(word, n)).join(separator);
          const all = await readBytes(content, options);
          const some = await readBytes(content, options, { rawTerms: [['needle']] }, chunkSize);
          const wanted = all.events.filter(({ raw }) => raw.includes('needle'));
          expect(some.events.map(({ raw, time }) => [raw, time])).toEqual(
            wanted.map(({ raw, time }) => [raw, time]),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('tells no faults of records that were left out', async () => {
    const content = `{"time":"${day(3)}","a":"hay"}\n{"a":"hay" broken\n{"a":"needle"}\n`;
    const result = await readBytes(content, { sourcetype: '_json' }, { rawTerms: [['needle']] });
    expect(result.events.map(({ time }) => time)).toEqual([Date.parse(day(3)) / 1000]);
    expect(onlyFile(result)).toMatchObject({ events: 1, skipped: 2 });
  });
});

describe('LeftRecords', () => {
  it('reads from the last one backwards, and only until there is a time', () => {
    const left = new LeftRecords();
    const read: number[] = [];
    for (let record = 3; record < 9; record++) left.add(record);
    const timeOf = (record: number) => {
      read.push(record);
      return record === 6 ? 60 : undefined;
    };
    expect(left.lastTime(9, timeOf)).toBe(60);
    expect(read).toEqual([8, 7, 6]);
    expect(left.lastTime(9, timeOf)).toBeUndefined();
    expect(read).toHaveLength(3);
  });

  it('reads few records of a file that has shown no times', () => {
    const left = new LeftRecords();
    let read = 0;
    const timeOf = () => {
      read++;
      return undefined;
    };
    for (let block = 0; block < 100; block++) {
      left.add(0);
      left.lastTime(1000, timeOf);
    }
    expect(read).toBe(1000 + 99 * 8);
  });
});
