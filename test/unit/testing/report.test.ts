// Reports of a run: their shape, and that text of logs and content stays text in each of them.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { githubAnnotations, githubSummary } from '../../../src/testing/report/github.js';
import { htmlReport } from '../../../src/testing/report/html.js';
import { jsonReport } from '../../../src/testing/report/json.js';
import { junitReport } from '../../../src/testing/report/junit.js';
import { parseReporter, planReporters } from '../../../src/testing/report/reporters.js';
import { terminalReport } from '../../../src/testing/report/terminal.js';
import { summarise, type TestResult, type TestRun } from '../../../src/testing/result.js';
import { schemaFaults } from './junit-schema.js';

const base: TestResult = {
  detection: 'Windows Thing',
  id: '0e5e25c3-32f4-46f7-ba4a-5d95c3b90f5b',
  file: 'detections/endpoint/windows_thing.yml',
  test: 'Fires',
  status: 'passed',
  rows: 1,
  expected: 'at least 1',
  durationMs: 12,
  stages: [],
};
const failed: TestResult = {
  ...base,
  status: 'failed',
  rows: 0,
  reason: 'expected at least 1 row, found 0',
  stages: [
    { command: 'search EventCode=1', rowsIn: 812, rowsOut: 40 },
    { command: 'where process_name="msiexec.exe"', rowsIn: 40, rowsOut: 0 },
  ],
  explanation: {
    command: 'where process_name="msiexec.exe"',
    events: 812,
    absentFields: ['Processes.nope'],
    notes: ['no event has "Processes.nope"'],
    clauses: [
      { clause: 'process_name="msiexec.exe"', met: 0, near: [{ value: 'MSIEXEC.EXE.mui', count: 3 }] },
    ],
  },
  techniques: ['T1218.007'],
};
const hostile: TestResult = {
  ...failed,
  detection: '<script>alert(1)</script>\u001b[31m',
  test: '"]]>\' & \u0000 ::error::x',
  reason: '%0A::set-output\n`$(id)`\ud800',
  stages: [{ command: 'search "</code><img src=x onerror=alert(1)>"', rowsIn: 1, rowsOut: 0 }],
  sample: [JSON.parse('{"__proto__":"<b>","a":["x","<i>"]}') as Record<string, unknown>],
};
const run = (...tests: TestResult[]): TestRun => ({ tests, summary: summarise(tests, 1234) });

describe('terminal', () => {
  test('a failure shows the funnel and why', () => {
    const shown = terminalReport(run(base, failed), { color: false, width: 100 });
    expect(shown).toContain('✓ Windows Thing > Fires 1 row, 12 ms');
    expect(shown).toContain(' FAIL  Windows Thing > Fires');
    expect(shown).toMatch(/✗ +0 ·{20} where process_name="msiexec\.exe"/);
    expect(shown).toContain('no event met process_name="msiexec.exe"; it was "MSIEXEC.EXE.mui" 3 times');
    expect(shown).toContain('no event has "Processes.nope"');
    expect(shown).toContain('1 failed | 1 passed (2)');
    expect(shown.indexOf('✓')).toBeLessThan(shown.indexOf('FAIL'));
  });
  test('skipped tests are grouped by reason', () => {
    const skipped = (n: number): TestResult => ({
      ...base,
      status: 'skipped',
      rows: 0,
      test: `t${n}`,
      reason: `not in the cache: https://example.org/${n}`,
    });
    const shown = (count: number, verbose: boolean): string =>
      terminalReport(run(...Array.from({ length: count }, (_, index) => skipped(index))), {
        color: false,
        width: 100,
        verbose,
      });
    expect(shown(2, false)).toContain(
      '2 tests: not in the cache\n           https://example.org/0\n           https://example.org/1\n',
    );
    expect(shown(9, false)).toContain(
      'https://example.org/2\n           … and 6 more, listed with --verbose\n',
    );
    expect(shown(9, true)).toContain('https://example.org/8\n');
    const paths = ['a/b.log', 'c/d.log'].map(
      (path): TestResult => ({ ...skipped(1), reason: `"${path}" is not under x` }),
    );
    expect(terminalReport(run(...paths), { color: false, width: 100 })).toContain(
      '2 tests: the data is not under x\n           a/b.log\n           c/d.log\n',
    );
  });
  test('a reason is shown whole, whatever the width', () => {
    const url = `https://example.org/${'folder/'.repeat(30)}windows-sysmon.log`;
    const reason = `download failed: the connection was refused (tried 3 times): ${url}`;
    const shown = terminalReport(run({ ...base, status: 'skipped', reason }), { color: false, width: 60 });
    expect(shown).toContain(`\n           ${url}\n`);
    expect(shown.replace(/\s+/g, ' ')).toContain(`Windows Thing > Fires: ${reason}`);
    for (const line of shown.split('\n'))
      if (!line.includes(url)) expect(line.length).toBeLessThanOrEqual(60);
  });
  test('escape sequences of content are shown, not obeyed', () => {
    expect(terminalReport(run(hostile), { color: false, width: 100 })).not.toContain('\u001b');
  });
});

describe('reporters', () => {
  const planned = (given: readonly string[], out?: string) =>
    planReporters(
      given.map((one) => parseReporter(one)!),
      out,
    );
  test.each([
    [[], undefined, [{ name: 'default' }]],
    [[], 'a', [{ name: 'default', file: 'a' }]],
    [['json'], 'a', [{ name: 'json', file: 'a' }]],
    [
      ['default', 'junit=a=b.xml', 'html=h'],
      undefined,
      [{ name: 'default' }, { name: 'junit', file: 'a=b.xml' }, { name: 'html', file: 'h' }],
    ],
    [
      ['json', 'junit=x'],
      'a',
      [
        { name: 'json', file: 'a' },
        { name: 'junit', file: 'x' },
      ],
    ],
    [
      ['json', 'default'],
      undefined,
      'only one reporter can write to standard output; name files: --reporter default=<file>',
    ],
    [['json', 'html'], 'a', 'only one reporter can write to --out; name files: --reporter html=<file>'],
    [['json=x'], 'a', '--out is for a reporter that names no file, and every one names its own'],
    [['json=x', 'html=x'], undefined, 'two reporters cannot write to the same file "x"'],
  ] as const)('%j with --out %s', (given, out, expected) => {
    expect(planned(given, out)).toEqual(expected);
  });
  test.each(['tap', 'json=', '=x', ''])('"%s" is none', (text) => {
    expect(parseReporter(text)).toBeUndefined();
  });
});

describe('machine formats', () => {
  test('json has the fixed shape', () => {
    const read = JSON.parse(jsonReport(run(failed))) as { tests: object[]; summary: object };
    expect(read.summary).toEqual({ passed: 0, failed: 1, skipped: 0, errors: 0, durationMs: 1234 });
    expect(Object.keys(read.tests[0]!).slice(0, 8)).toEqual([
      'detection',
      'id',
      'file',
      'test',
      'status',
      'rows',
      'expected',
      'durationMs',
    ]);
  });
  test('junit counts, escapes and keeps hostile text out of the markup', () => {
    const xml = junitReport(run(base, failed, { ...hostile, file: 'b.yml' }));
    expect(xml).toContain('tests="2" failures="1" errors="0" skipped="0" time="0.024">');
    expect(xml).not.toContain('<script>');
    expect(xml).not.toMatch(/[\u0000-\u0008\u001b]/);
    expect(xml).toContain('\ufffd');
    expect(schemaFaults(xml)).toEqual([]);
  });
  test('junit of every status is valid, without tests and without names too', () => {
    const every = (['passed', 'failed', 'skipped', 'error'] as const).map((status) => ({
      ...failed,
      status,
      startedMs: 1,
    }));
    const nameless = { ...base, detection: '', test: ' \n', file: 'a.yml', durationMs: 0.4 };
    expect(schemaFaults(junitReport({ ...run(...every, nameless), startedMs: 1.7e12 }))).toEqual([]);
    expect(schemaFaults(junitReport(run()))).toEqual([]);
  });
  test('github annotations cannot be broken out of', () => {
    const lines = githubAnnotations(run(hostile)).trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^::error file=detections\/endpoint\/windows_thing\.yml,title=/);
    expect(githubSummary(run(hostile))).not.toContain('<script>');
  });
});

describe('html', () => {
  test('the script matches the hash of the policy, and no other script is there', () => {
    const html = htmlReport(run(failed));
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)];
    expect(scripts).toHaveLength(1);
    const hash = createHash('sha256').update(scripts[0]![1]!).digest('base64');
    expect(html).toContain(`script-src 'sha256-${hash}'`);
    expect(html).not.toMatch(/(src|href)=/);
  });
  test('hostile text stays text', () => {
    const html = htmlReport(run(hostile), { tactics: new Map(), names: new Map([['T1218.007', '<u>']]) });
    expect(html).not.toContain('<img');
    expect(html).not.toContain('alert(1)</script>');
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('__proto__');
  });
});
