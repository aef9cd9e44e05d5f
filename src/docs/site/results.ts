// Results of the last local runs of tests, as `detc test` notes them or its JSON report has them.
import { readFileSync } from 'node:fs';

export interface LastResult {
  readonly status: 'passed' | 'failed' | 'skipped' | 'error';
  readonly rows: number;
  readonly expected: string;
  readonly durationMs: number;
  readonly reason?: string;
  /** ISO day of the run; a report of one run does not tell it. */
  readonly day?: string;
}

const statuses = ['passed', 'failed', 'skipped', 'error'] as const;

/** Answers the last result of a test by its detection's file and its name; nothing when there is no readable report. */
export function readResults(report: string): (file: string, test: string) => LastResult | undefined {
  const byTest = new Map<string, LastResult>();
  for (const test of testsOf(report)) {
    const { file, test: name, status, rows, expected, durationMs, reason, at } = test;
    const known = statuses.find((each) => each === status);
    if (typeof file !== 'string' || typeof name !== 'string' || !known) continue;
    byTest.set(`${file}\0${name}`, {
      status: known,
      rows: typeof rows === 'number' ? rows : 0,
      expected: typeof expected === 'string' || typeof expected === 'number' ? String(expected) : '',
      durationMs: typeof durationMs === 'number' ? durationMs : 0,
      ...(typeof reason === 'string' ? { reason } : {}),
      ...(typeof at === 'string' && /^\d{4}-\d\d-\d\dT/.test(at) ? { day: at.slice(0, 10) } : {}),
    });
  }
  return (file, test) => byTest.get(`${file}\0${test}`);
}

function testsOf(report: string): Record<string, unknown>[] {
  try {
    const { tests } = JSON.parse(readFileSync(report, 'utf8')) as { tests?: unknown };
    return Array.isArray(tests) ? tests.filter((test) => typeof test === 'object' && test !== null) : [];
  } catch {
    return [];
  }
}
