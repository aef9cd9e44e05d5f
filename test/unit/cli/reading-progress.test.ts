// The line that `run` shows while it reads: after a while, again and again, and not once it is done.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSoFar, showReading } from '../../../src/cli/reading-progress.js';

const file = (name: string, events: number, skipped: number, bytes: number) => ({
  file: name,
  events,
  skipped,
  bytes,
});

describe('readSoFar', () => {
  it.each([
    ['no file', [], 'nothing read yet'],
    ['one event', [file('a.log', 1, 0, 100_000)], '1 event, 0.1 MB read; at a.log'],
    ['files', [file('a.log', 2, 3, 1e6), file('b.log', 5, 0, 2e6)], '10 events, 3.0 MB read; at b.log'],
    ['a stream', [file('stdin', 7, 0, 2_500_000)], '7 events, 2.5 MB read; standard input has not ended'],
  ])('%s', (_, files, text) => expect(readSoFar(files)).toBe(text));
});

describe('showReading', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows nothing of what is quick', () => {
    const line = { show: vi.fn(), clear: vi.fn() };
    const reading = showReading(() => [], line);
    vi.advanceTimersByTime(1000);
    reading.stop();
    vi.advanceTimersByTime(10_000);
    expect(line.show).not.toHaveBeenCalled();
  });

  it('shows how far it is until it is stopped', () => {
    const line = { show: vi.fn(), clear: vi.fn() };
    const reading = showReading(() => [], line);
    vi.advanceTimersByTime(4000);
    expect(line.show).toHaveBeenCalledWith('nothing read yet');
    const shown = line.show.mock.calls.length;
    expect(shown).toBeGreaterThan(1);
    reading.stop();
    reading.stop();
    vi.advanceTimersByTime(10_000);
    expect(line.show).toHaveBeenCalledTimes(shown);
    expect(line.clear).toHaveBeenCalled();
  });
});
