// The report a person reads while working: quiet passes, failures last with funnel and reasons.

import pc from 'picocolors';
import { counted } from '../../diagnostic/counted.js';
import type { TestResult, TestRun } from '../result.js';
import { rowLines, testFunnel, whyLines } from './funnel.js';
import { duration, visible } from './text.js';

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
  lines.push(...skippedLines(run.tests, colors, options));
  const bad = run.tests.filter((test) => test.status === 'failed' || test.status === 'error');
  for (const test of bad) lines.push(...badLines(test, colors, options.width));
  lines.push('', ...countLines(run, colors));
  return `${lines.join('\n')}\n`;
}

const rowsOf = (test: TestResult): string =>
  `${counted(test.rows, 'row')}, ${duration(test.durationMs)}${test.cached ? ', cached' : ''}`;

const title = (test: TestResult, colors: Colors): string =>
  `${visible(test.detection)} ${colors.dim('>')} ${visible(test.test)}`;

/** Places that are shown of tests that are skipped for the same reason. */
const placesShown = 3;
/** The address or path in a reason, which would make each one different. */
const place = /(?:: )?https?:\/\/\S+|"[^"]*\/[^"]*"/;

/** Skipped tests with the same reason stand together, with the places that differ below it. */
function skippedLines(
  tests: readonly TestResult[],
  colors: Colors,
  { width, verbose }: TerminalOptions,
): string[] {
  const reasons = new Map<string, TestResult[]>();
  for (const test of tests) {
    if (test.status !== 'skipped') continue;
    const reason = (test.reason ?? 'no reason given')
      .replace(/^"[^"]*\/[^"]*"/, 'the data')
      .replace(place, '')
      .trim();
    reasons.set(reason, [...(reasons.get(reason) ?? []), test]);
  }
  const lines: string[] = [];
  const mark = ` ${colors.yellow('↓')} ${colors.dim('skipped')} `;
  for (const [reason, group] of reasons) {
    const [first] = group;
    if (group.length === 1 && first !== undefined) {
      const text = `${first.detection} > ${first.test}: ${first.reason ?? ''}`;
      lines.push(...wrapped(visible(text), mark, width));
      continue;
    }
    lines.push(...wrapped(visible(`${counted(group.length, 'test')}: ${reason}`), mark, width));
    const places = [...new Set(group.flatMap((test) => place.exec(test.reason ?? '')?.[0] ?? []))];
    const shown = verbose ? places : places.slice(0, placesShown);
    for (const one of shown) lines.push(colors.dim(`${indent}${visible(one.replace(/^: |^"|"$/g, ''))}`));
    if (places.length > shown.length)
      lines.push(colors.dim(`${indent}… and ${places.length - shown.length} more, listed with --verbose`));
  }
  return lines;
}

/** What stands below a mark. */
const indent = ' '.repeat(11);

/** Breaks a text between words; words that are too long, such as addresses, stay whole so that they can be copied. */
function wrapped(text: string, mark: string, width: number): string[] {
  const most = Math.max(40, width - indent.length - 1);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map((one, index) => (index === 0 ? mark : indent) + one);
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
    errors > 0 ? colors.magenta(counted(errors, 'error')) : '',
    passed > 0 ? colors.green(`${passed} passed`) : '',
    skipped > 0 ? colors.yellow(`${skipped} skipped`) : '',
  ].filter(Boolean);
  return [
    ` ${colors.dim('Tests')}  ${parts.join(colors.dim(' | ')) || 'none'} ${colors.dim(`(${run.tests.length})`)}`,
    ` ${colors.dim('Time')}   ${duration(durationMs)}`,
  ];
}
