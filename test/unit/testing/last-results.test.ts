// Notes of the last result of every test, as runs of some of the tests add to them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readResults } from '../../../src/docs/site/results.js';
import { lastResultsFile } from '../../../src/output/last-results.js';
import { noteResults } from '../../../src/testing/last-results.js';
import { summarise, type TestResult } from '../../../src/testing/result.js';

const day = (date: string, ...tests: TestResult[]) => ({
  startedMs: Date.parse(`${date}T10:00:00Z`),
  tests,
  summary: summarise(tests, 1),
});

function repository(...files: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'detc-notes-'));
  mkdirSync(join(root, 'detections'));
  for (const file of files) writeFileSync(join(root, file), '');
  return root;
}

function result(file: string, name: string, status: TestResult['status'], reason?: string): TestResult {
  return {
    detection: 'D',
    id: '',
    file,
    test: name,
    status,
    rows: 1,
    expected: '1',
    durationMs: 2,
    stages: [],
    ...(reason === undefined ? {} : { reason }),
  };
}

describe('last results', () => {
  const [a, b] = ['detections/a.yml', 'detections/b.yml'];

  test('the newest of each test, whatever run it was of', () => {
    const root = repository(a, b);
    noteResults(root, day('2026-03-01', result(a, 't', 'passed'), result(b, 't', 'passed')));
    noteResults(root, day('2026-03-02', result(a, 't', 'failed', 'why')));
    const known = readResults(lastResultsFile(root));
    expect(known(a, 't')).toMatchObject({ status: 'failed', reason: 'why', day: '2026-03-02' });
    expect(known(b, 't')).toMatchObject({ status: 'passed', day: '2026-03-01' });
    expect(readFileSync(join(root, '.detc-cache/.gitignore'), 'utf8')).toBe('*\n');
  });

  test('what was not run is no result, and what has no file is forgotten', () => {
    const root = repository(a, b);
    noteResults(root, day('2026-03-01', result(a, 't', 'passed'), result(b, 't', 'passed')));
    rmSync(join(root, b));
    noteResults(root, day('2026-03-02', result(a, 't', 'skipped', 'not run')), 'not run');
    const known = readResults(lastResultsFile(root));
    expect(known(a, 't')?.status).toBe('passed');
    expect(known(b, 't')).toBeUndefined();
  });

  test('damaged notes and a folder that cannot be written are no fault', () => {
    const root = repository(a);
    mkdirSync(join(root, '.detc-cache'));
    writeFileSync(lastResultsFile(root), '{"tests": [1, null, {"file": 3}');
    noteResults(root, day('2026-03-01', result(a, 't', 'passed')));
    expect(readResults(lastResultsFile(root))(a, 't')?.status).toBe('passed');
    expect(() => noteResults('/dev/null', day('2026-03-01'))).not.toThrow();
  });
});
