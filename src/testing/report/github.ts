// GitHub Actions: an annotation per failed test, and a summary in Markdown for the job's page.
import { counted } from '../../diagnostic/counted.js';
import type { TestRun } from '../result.js';
import { rowLines, testFunnel, whyLines } from './funnel.js';
import { duration, visible } from './text.js';

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** Workflow commands, one a line, for failed tests and those that could not be run. */
export function githubAnnotations(run: TestRun): string {
  return run.tests
    .filter((test) => test.status === 'failed' || test.status === 'error')
    .map((test) => {
      const lines = [test.reason ?? test.status, ...whyLines(test.explanation)].map(visible);
      return `::error file=${property(test.file)},title=${property(visible(`${test.detection}: ${test.test}`))}::${data(lines.join('\n'))}\n`;
    })
    .join('');
}

/** Markdown for `$GITHUB_STEP_SUMMARY`; text of content is escaped so that it cannot become markup. */
export function githubSummary(run: TestRun): string {
  const { passed, failed, skipped, errors, durationMs } = run.summary;
  const lines = [
    `## ${failed + errors === 0 ? '✅' : '❌'} Detection tests`,
    '',
    '| passed | failed | errors | skipped | time |',
    '|---:|---:|---:|---:|---:|',
    `| ${passed} | ${failed} | ${errors} | ${skipped} | ${duration(durationMs)} |`,
    '',
  ];
  const bad = run.tests.filter((test) => test.status === 'failed' || test.status === 'error');
  for (const test of bad.slice(0, 50)) {
    lines.push(
      `<details><summary>${markup(test.detection)}: ${markup(test.test)}</summary>`,
      '',
      markup(test.reason ?? ''),
      '',
    );
    const body = [...testFunnel(test), ...rowLines(test), ...whyLines(test.explanation)].map((line) =>
      visible(line).replace(/`/g, "'"),
    );
    if (body.length > 0) lines.push('```', ...body, '```');
    lines.push('', '</details>', '');
  }
  if (bad.length > 50) lines.push(`and ${counted(bad.length - 50, 'more failed test')}`, '');
  return `${lines.join('\n')}\n`;
}

const markup = (text: string): string =>
  visible(text)
    .replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!)
    .replace(/[\\`*_{}[\]#|~!]/g, '\\$&');
