// Newest first, whether events fit into memory or not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestFirst } from '../../../src/dataset/newest-first.js';
import type { RawEvent } from '../../../src/runtime/raw-event.js';
import { createRow } from '../../../src/runtime/value.js';

const protoName = '__proto__';
const event = (line: number, time: number | null, origin: number, text: string): RawEvent => {
  const preset = createRow();
  preset[protoName] = text;
  preset['list'] = ['a', text];
  return {
    raw: text,
    time,
    source: `s${origin}`,
    sourcetype: 't',
    host: 'h',
    index: 'main',
    line,
    file: 'f',
    preset: origin === 0 ? null : preset,
    extracted: origin === 2,
  };
};

async function* inBatches(events: readonly RawEvent[], size: number) {
  for (let at = 0; at < events.length; at += size) yield events.slice(at, at + size);
}

const arbitraryEvents = fc
  .array(
    fc.tuple(
      fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
      fc.integer({ min: 0, max: 2 }),
      fc.string({ unit: 'grapheme' }),
    ),
    { maxLength: 60 },
  )
  .map((list) => list.map(([time, origin, text], index) => event(index, time, origin, text)));

describe('newestFirst', () => {
  it('gives the same from memory and from a file', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryEvents,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4000 }),
        async (events, size, held) => {
          const admits = ({ line }: RawEvent) => line % 7 !== 3;
          const expected = events
            .filter(admits)
            .reverse()
            .sort((a, b) => ((a.time ?? -1) === (b.time ?? -1) ? 0 : (b.time ?? -1) - (a.time ?? -1)));
          expect([...(await newestFirst(inBatches(events, size), admits))]).toEqual(expected);
          expect([...(await newestFirst(inBatches(events, size), admits, held))]).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives rows whose fields may have any name', async () => {
    const [row] = [...(await newestFirst(inBatches([event(1, 1, 1, 'x')], 1), () => true, 1))];
    expect(Object.keys(row?.preset ?? {})).toEqual(['__proto__', 'list']);
    expect(row?.preset?.['constructor']).toBeUndefined();
  });

  it('may be left before its end', async () => {
    const events = [event(1, 1, 0, 'x'), event(2, 2, 0, 'y'), event(3, 3, 0, 'z')];
    for (const { line } of await newestFirst(inBatches(events, 1), () => true, 1)) {
      expect(line).toBe(3);
      break;
    }
  });
});
