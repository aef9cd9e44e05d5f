// The report a person reads while working: quiet passes, failures last with funnel and reasons.
import pc from 'picocolors';
import type { TestResult, TestRun } from '../result.js';
import { rowLines, testFunnel, whyLines } from './funnel.js';
import { clip, duration, plural, visible } from './text.js';

type Colors = ReturnType<typeof pc.createColors>;

export interface TerminalOptions {
  readonly color: boolean;
  /** Characters a line. */
  readonly width: number;
  /** Lists passed tests one by one. */
  readonly verbose?: boolean;
}

/** Prints a run: skipped by reason, then failures, then the counts. */
export function terminalReport(run: TestRun, options: TerminalOptions): string {
  const colors = pc.createColors(options.color);
  const lines: string[] = [];
  const passed = run.tests.filter((test) => test.status === 'passed');
  if (options.verbose || run.tests.length <= 10)
    for (const test of passed)
      lines.push(` ${colors.green('✓')} ${title(test, colors)} ${colors.dim(rowsOf(test))}`);
  lines.push(...skippedLines(run.tests, colors, options.width));
  const bad = run.tests.filter((test) => test.status === 'failed' || test.status === 'error');
  for (const test of bad) lines.push(...badLines(test, colors, options.width));
  lines.push('', ...countLines(run, colors));
  return `${lines.join('\n')}\n`;
}

const rowsOf = (test: TestResult): string =>
  `${plural(test.rows, 'row')}, ${duration(test.durationMs)}${test.cached ? ', cached' : ''}`;

const title = (test: TestResult, colors: Colors): string =>
  `${visible(test.detection)} ${colors.dim('>')} ${visible(test.test)}`;

/** Skipped tests with the same reason take one line together. */
function skippedLines(tests: readonly TestResult[], colors: Colors, width: number): string[] {
  const reasons = new Map<string, TestResult[]>();
  for (const test of tests) {
    if (test.status !== 'skipped') continue;
    // A place in the reason would make each one different: the general part before it is what people group by.
    const reason = (test.reason ?? 'no reason given')
      .replace(/(: )?https?:\/\/\S+|"[^"]*\/[^"]*"/g, '')
      .trim();
    reasons.set(reason, [...(reasons.get(reason) ?? []), test]);
  }
  const lines: string[] = [];
  for (const [reason, group] of reasons) {
    const first = group[0]!;
    const text =
      group.length === 1
        ? `${visible(first.detection)} > ${visible(first.test)}: ${visible(first.reason ?? '')}`
        : `${plural(group.length, 'test')}: ${visible(reason)}`;
    lines.push(` ${colors.yellow('↓')} ${colors.dim('skipped')} ${clip(text, Math.max(40, width - 12))}`);
  }
  return lines;
}

function badLines(test: TestResult, colors: Colors, width: number): string[] {
  const mark =
    test.status === 'failed'
      ? colors.red(colors.inverse(' FAIL '))
      : colors.magenta(colors.inverse(' ERROR '));
  const lines = ['', `${mark} ${title(test, colors)}`, `  ${colors.dim(visible(test.file))}`];
  lines.push(`  ${colors.red(visible(test.reason ?? `expected ${test.expected} rows, found ${test.rows}`))}`);
  for (const line of testFunnel(test, width - 4))
    lines.push(`    ${line.startsWith('✗') ? colors.red(visible(line)) : visible(line)}`);
  for (const line of rowLines(test, 2 * width)) lines.push(`  ${colors.cyan('•')} ${visible(line)}`);
  for (const line of whyLines(test.explanation)) lines.push(`  ${colors.cyan('→')} ${visible(line)}`);
  for (const warning of test.warnings ?? []) lines.push(`  ${colors.yellow('!')} ${visible(warning)}`);
  return lines;
}

function countLines(run: TestRun, colors: Colors): string[] {
  const { passed, failed, skipped, errors, durationMs } = run.summary;
  const parts = [
    failed > 0 ? colors.red(`${failed} failed`) : '',
    errors > 0 ? colors.magenta(plural(errors, 'error')) : '',
    passed > 0 ? colors.green(`${passed} passed`) : '',
    skipped > 0 ? colors.yellow(`${skipped} skipped`) : '',
  ].filter(Boolean);
  return [
    ` ${colors.dim('Tests')}  ${parts.join(colors.dim(' | ')) || 'none'} ${colors.dim(`(${run.tests.length})`)}`,
    ` ${colors.dim('Time')}   ${duration(durationMs)}`,
  ];
}
