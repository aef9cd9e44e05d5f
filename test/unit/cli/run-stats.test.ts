// What `detc run --stats` says of the files that it read.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileLines } from '../../../src/cli/file-lines.js';
import { startReport } from '../../../src/dataset/growing-report.js';
import { runProgram } from './run-program.js';

const folder = mkdtempSync(join(tmpdir(), 'detc-stats-'));
const trail = (time: string) =>
  JSON.stringify({ eventTime: time, eventVersion: '1', eventSource: 's', eventName: 'n' });

/** The lines about files, without their folder. */
async function lines(content: string, ...options: string[]): Promise<string[]> {
  const file = join(folder, 'x.log');
  writeFileSync(file, content);
  const { stderr } = await runProgram('run', 'search *', '--data', file, '--stats', ...options);
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('  /'))
    .map((line) => line.trim().slice(folder.length + 1));
}

describe('detc run --stats', () => {
  it.each<[string, string, string[], string]>([
    [
      'a file that says what it is',
      `${trail('2024-01-02T03:04:05Z')}\n`,
      [],
      'x.log: format json-lines (seen in its content); source type aws:cloudtrail (seen in its content); 1 event, 0 skipped unread, 0 broken records, 0 without a time',
    ],
    [
      'a source type of the format, and records that are none',
      '{"a":1}\n{"a":\n{"a":3}\n',
      [],
      'x.log: format json-lines (seen in its content); source type _json (that of the format); 3 events, 0 skipped unread, 1 broken record, 3 without a time',
    ],
    [
      'a source type that is told',
      '2024-01-02T03:04:05Z hello\n',
      ['--sourcetype', 'my:type'],
      'x.log: format lines (seen in its content); source type my:type (as told); 1 event, 0 skipped unread, 0 broken records, 0 without a time',
    ],
    ['events that are given', '{"a":"b"}\n', ['--events'], 'x.log: format event-rows (as told); '],
    [
      'a file without anything',
      '',
      [],
      'x.log: empty; 0 events, 0 skipped unread, 0 broken records, 0 without a time',
    ],
  ])('%s', async (_, content, options, expected) => {
    const [line, ...others] = await lines(content, ...options);
    expect(others).toEqual([]);
    expect(line?.slice(0, expected.length)).toBe(expected);
  });

  it('escapes what names of files hold, and counts the files beyond a hundred', () => {
    const files = Array.from({ length: 102 }, (_, at) => startReport(`\u001b[31m${at}`));
    const text = fileLines(files);
    expect(text).not.toContain('\u001b');
    expect(text.split('\n').at(-2)).toBe('  and 2 more files');
  });
});
