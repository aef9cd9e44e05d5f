// Newest first where the temporary file cannot be written to, or no longer: no event is lost, and no file stays open.
import * as fs from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { newestFirst } from '../../../src/dataset/newest-first.js';
import type { RawEvent } from '../../../src/runtime/raw-event.js';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    openSync: vi.fn(real.openSync),
    writeSync: vi.fn(real.writeSync),
    closeSync: vi.fn(real.closeSync),
  };
});
const opened = vi.mocked(fs.openSync);
const written = vi.mocked(fs.writeSync);
const closed = vi.mocked(fs.closeSync);
const noSpace = (): never => {
  throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
};
afterEach(() => vi.clearAllMocks());

const event = (line: number): RawEvent => ({
  ...{ raw: 'x', time: line, source: 's', sourcetype: 't', host: 'h', index: 'main' },
  ...{ line, file: 'f', preset: null, extracted: false },
});
async function* oneByOne(count: number, fault?: Error) {
  for (let line = 1; line <= count; line++) yield [event(line)];
  if (fault !== undefined) throw fault;
}
const lines = (events: Iterable<RawEvent>): number[] => Array.from(events, ({ line }) => line);

/** Everything that was opened has been closed, once. */
function expectAllClosed(): void {
  const descriptors = opened.mock.results.map(({ value }) => value as number);
  expect(descriptors.length).toBeGreaterThan(0);
  expect(closed.mock.calls.map(([descriptor]) => descriptor)).toEqual(descriptors);
}

describe('newestFirst on a full disk', () => {
  it('closes the file when the first run cannot be written', async () => {
    written.mockImplementationOnce(noSpace);
    const events = await newestFirst(oneByOne(5), () => true, 1);
    expectAllClosed();
    expect(lines(events)).toEqual([5, 4, 3, 2, 1]);
  });

  it('reads what was written before the disk was full, then closes', async () => {
    const real = written.getMockImplementation() as typeof fs.writeSync;
    written.mockImplementationOnce(real).mockImplementationOnce(noSpace);
    const events = await newestFirst(oneByOne(5), () => true, 1);
    expect(closed).not.toHaveBeenCalled();
    expect(lines(events)).toEqual([5, 4, 3, 2, 1]);
    expectAllClosed();
  });

  it.each([0, 1, 2])('closes when reading fails after %i runs were written', async (runs) => {
    const real = written.getMockImplementation() as typeof fs.writeSync;
    for (let run = 0; run < runs; run++) written.mockImplementationOnce(real);
    written.mockImplementationOnce(noSpace);
    const fault = new Error('the archive is cut');
    await expect(newestFirst(oneByOne(5, fault), () => true, 1)).rejects.toBe(fault);
    expectAllClosed();
  });
});
