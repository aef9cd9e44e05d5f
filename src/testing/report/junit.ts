// The JUnit report that CI servers read: a suite per detection, a case per test.
import type { TestResult, TestRun } from '../result.js';
import { funnelLines, whyLines } from './funnel.js';
import { escapeMarkup, visible } from './text.js';

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(visible(String(value)))}"`)
    .join('');
}

function testCase(test: TestResult): string {
  const head = attributes({
    name: test.test,
    classname: test.detection,
    time: seconds(test.durationMs),
    file: test.file,
  });
  if (test.status === 'passed') return `    <testcase${head}/>\n`;
  const message = attributes({ message: test.reason ?? test.status });
  if (test.status === 'skipped')
    return `    <testcase${head}>\n      <skipped${message}/>\n    </testcase>\n`;
  const element = test.status === 'failed' ? 'failure' : 'error';
  const body = [...funnelLines(test.stages), ...whyLines(test.explanation)].map(visible).join('\n');
  return `    <testcase${head}>\n      <${element}${message} type="${test.status}">${escapeMarkup(body)}</${element}>\n    </testcase>\n`;
}

/** Prints a run as JUnit XML. Order, names and numbers depend on the run alone; no date is written. */
export function junitReport(run: TestRun): string {
  const suites = new Map<string, TestResult[]>();
  for (const test of run.tests) {
    const suite = suites.get(test.file);
    if (suite) suite.push(test);
    else suites.set(test.file, [test]);
  }
  const counts = (tests: readonly TestResult[]) => ({
    tests: tests.length,
    failures: tests.filter((t) => t.status === 'failed').length,
    errors: tests.filter((t) => t.status === 'error').length,
    skipped: tests.filter((t) => t.status === 'skipped').length,
    time: seconds(tests.reduce((sum, t) => sum + t.durationMs, 0)),
  });
  const body = [...suites.values()]
    .map(
      (tests) =>
        `  <testsuite${attributes({ name: tests[0]!.detection, ...counts(tests) })}>\n${tests.map(testCase).join('')}  </testsuite>\n`,
    )
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: 'detc', ...counts(run.tests) })}>\n${body}</testsuites>\n`;
}
