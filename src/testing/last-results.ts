// Notes the result of every test that was run, so that pages can show it: the newest of each test, whatever run it was of.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastResultsFile, notesFolder } from '../output/last-results.js';
import type { TestResult, TestRun } from './result.js';

type Entry = Pick<
  TestResult,
  'detection' | 'id' | 'file' | 'test' | 'status' | 'rows' | 'expected' | 'durationMs' | 'reason'
> & {
  /** When it was run, ISO 8601. */
  readonly at: string;
};

/**
 * Adds a run to the results of a repository. Results of tests that the run did not hold stay while their file is there.
 * A repository that cannot be written to has no notes; nothing else depends on them.
 *
 * @param notRun reason of tests that were left out, which are no results
 */
export function noteResults(root: string, run: TestRun, notRun?: string): void {
  const at = new Date(run.startedMs ?? Date.now()).toISOString();
  const entries = new Map<string, Entry>();
  for (const entry of earlier(root)) if (existsSync(join(root, entry.file))) entries.set(keyOf(entry), entry);
  for (const { detection, id, file, test, status, rows, expected, durationMs, reason } of run.tests) {
    if (status === 'skipped' && reason !== undefined && reason === notRun) continue;
    const entry = { detection, id, file, test, status, rows, expected, durationMs, at };
    entries.set(keyOf(entry), reason === undefined ? entry : { ...entry, reason });
  }
  const tests = [...entries.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  try {
    const folder = notesFolder(root);
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true });
      // The folder keeps itself out of git, in repositories that know nothing of it too.
      writeFileSync(join(folder, '.gitignore'), '*\n');
    }
    const file = lastResultsFile(root);
    const part = `${file}.${process.pid}.part`;
    writeFileSync(part, `${JSON.stringify({ tests }, null, 2)}\n`);
    renameSync(part, file);
  } catch {
    // A read-only repository.
  }
}

const keyOf = ({ file, test }: Pick<Entry, 'file' | 'test'>): string => `${file}\0${test}`;

function earlier(root: string): Entry[] {
  try {
    const { tests } = JSON.parse(readFileSync(lastResultsFile(root), 'utf8')) as { tests?: unknown };
    return Array.isArray(tests) ? tests.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  const { file, test, at } = (value ?? {}) as Partial<Record<keyof Entry, unknown>>;
  return typeof file === 'string' && typeof test === 'string' && typeof at === 'string';
}
