// `detc run` where the data cannot be read: a fault is told, and no row stands for what was not seen.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.js';

const folder = mkdtempSync(join(tmpdir(), 'detc-unreadable-'));
const good = join(folder, 'good.jsonl');
writeFileSync(good, '{"a":1}\n');

describe('detc run on data that cannot be read', () => {
  it.each([
    ['a glob that matches nothing', join(folder, '*.evtx'), 'no file matches', 2],
    ['a device without end', '/dev/zero', 'it is a device, which may have no end', 1],
  ])('%s', async (_, data, message, expected) => {
    for (const [output, none] of [
      ['table', ''],
      ['ndjson', ''],
      ['json', '[]'],
    ] as const) {
      const { stdout, stderr, code } = await runProgram('run', '| stats count', '--data', data, '-o', output);
      expect(stdout.replace(/\s/g, '')).toBe(none);
      expect(stderr).toContain(message);
      expect(code).toBe(expected);
    }
  });

  it('gives the rows of what could be read beside the fault', async () => {
    const { stdout, code } = await runProgram(
      ...['run', '| stats count', '--data', good, join(folder, '*.evtx'), '-o', 'ndjson'],
    );
    expect(stdout).toBe('{"count":1}\n');
    expect(code).toBe(2);
  });

  it('reads nothing from a device that ends', async () => {
    const { stdout, code } = await runProgram('run', '| stats count', '--data', '/dev/null', '-o', 'ndjson');
    expect(stdout).toBe('{"count":0}\n');
    expect(code).toBe(0);
  });
});
