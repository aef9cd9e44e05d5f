// The JSON report: the shape that scripts rely on, nothing more.
import type { TestRun } from '../result.js';

/** Prints a run as one JSON document, fields in a fixed order. */
export function jsonReport(run: TestRun): string {
  const tests = run.tests.map((test) => ({
    detection: test.detection,
    id: test.id,
    file: test.file,
    test: test.test,
    status: test.status,
    rows: test.rows,
    expected: test.expected,
    durationMs: test.durationMs,
    ...(test.reason === undefined ? {} : { reason: test.reason }),
    stages: test.stages.map(({ command, rowsIn, rowsOut }) => ({ command, rowsIn, rowsOut })),
    ...(test.explanation === undefined ? {} : { explanation: test.explanation }),
    ...(test.warnings?.length ? { warnings: test.warnings } : {}),
  }));
  return `${JSON.stringify({ summary: run.summary, tests }, null, 2)}\n`;
}
