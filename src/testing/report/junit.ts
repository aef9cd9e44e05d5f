// The JUnit report that CI servers read: a suite per detection, a case per test.
import type { TestResult, TestRun } from '../result.js';
import { rowLines, testFunnel, whyLines } from './funnel.js';
import { escapeMarkup, visible } from './text.js';

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** Schemas ask for names that are not empty. */
const named = (name: string): string => name.trim() || 'unnamed';

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(visible(String(value)))}"`)
    .join('');
}

function testCase(test: TestResult): string {
  const head = attributes({
    name: named(test.test),
    classname: named(test.detection),
    time: seconds(test.durationMs),
  });
  if (test.status === 'passed') return `    <testcase${head}/>\n`;
  const message = attributes({ message: test.reason ?? test.status });
  if (test.status === 'skipped')
    return `    <testcase${head}>\n      <skipped${message}/>\n    </testcase>\n`;
  const element = test.status === 'failed' ? 'failure' : 'error';
  const body = [...testFunnel(test), ...rowLines(test), ...whyLines(test.explanation)]
    .map(visible)
    .join('\n');
  return `    <testcase${head}>\n      <${element}${message} type="${test.status}">${escapeMarkup(body)}</${element}>\n    </testcase>\n`;
}

/**
 * Prints a run as JUnit XML. There is no one standard, so elements and attributes are those that both schemas in use
 * accept: Ant's (a suite needs package, id, host and time, and properties before its cases) and that of Jenkins (no
 * further attributes on a case: the file is a property of its suite). Order and names depend on the run alone.
 */
export function junitReport(run: TestRun): string {
  const suites = new Map<string, TestResult[]>();
  for (const test of run.tests) {
    const suite = suites.get(test.file);
    if (suite) suite.push(test);
    else suites.set(test.file, [test]);
  }
  const started = new Date(run.startedMs ?? 0).toISOString().slice(0, 19);
  const body = [...suites.values()].map((tests, id) => testSuite(tests, id, started)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${body}</testsuites>\n`;
}

function testSuite(tests: readonly TestResult[], id: number, started: string): string {
  const { detection, file } = tests[0]!;
  const count = (status: TestResult['status']) => tests.filter((test) => test.status === status).length;
  const head = attributes({
    name: named(detection),
    package: file.split('/').slice(0, -1).join('.'),
    id,
    timestamp: started,
    hostname: 'localhost',
    tests: tests.length,
    failures: count('failed'),
    errors: count('error'),
    skipped: count('skipped'),
    time: seconds(tests.reduce((sum, test) => sum + test.durationMs, 0)),
  });
  return `  <testsuite${head}>
    <properties>
      <property${attributes({ name: 'file', value: file })}/>
    </properties>
${tests.map(testCase).join('')}    <system-out/>
    <system-err/>
  </testsuite>
`;
}
