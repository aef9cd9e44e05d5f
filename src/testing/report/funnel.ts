// The funnel of a test, rows after each command, and the words that explain an empty result.

import { counted } from '../../diagnostic/counted.js';
import type { Explanation, Stage, TestResult } from '../result.js';
import { clauseLine } from './clause-line.js';
import { clip } from './text.js';

const barWidth = 20;

/** One line per command: rows out, a bar, the command. The bar is logarithmic, so that one row of a million shows. */
export function funnelLines(stages: readonly Stage[], width = 100): string[] {
  return lines(stages, 0, width);
}

/** The funnel of a test: the events of its data, then its commands; those behind the one where rows ended are counted. */
export function testFunnel({ stages }: Pick<TestResult, 'stages'>, width = 100): string[] {
  const events = stages[0]?.rowsIn ?? 0;
  const end = stages.findIndex((stage) => stage.rowsOut === 0);
  const rest = end < 0 ? 0 : stages.length - end - 1;
  const shown = rest < 2 ? stages : stages.slice(0, end + 1);
  return [
    ...lines(shown, events, width),
    ...(rest < 2 ? [] : [`  … and ${counted(rest, 'command')} behind it`]),
  ];
}

function lines(stages: readonly Stage[], events: number, width: number): string[] {
  const most = Math.max(1, ...stages.map((stage) => Math.max(stage.rowsIn, stage.rowsOut)));
  const digits = String(most).length;
  const line = (mark: string, rows: number, text: string): string => {
    const share = rows === 0 ? 0 : Math.max(1, Math.round((barWidth * Math.log1p(rows)) / Math.log1p(most)));
    const bar = '█'.repeat(share) + '·'.repeat(barWidth - share);
    return `${mark} ${String(rows).padStart(digits)} ${bar} ${clip(text.replace(/\s+/g, ' '), Math.max(20, width - digits - barWidth - 5))}`;
  };
  return [
    ...(events === 0 ? [] : [line(' ', events, 'events of the data')]),
    ...stages.map(({ command, rowsIn, rowsOut }) =>
      line(rowsOut === 0 && rowsIn > 0 ? '✗' : ' ', rowsOut, command),
    ),
  ];
}

/** The first rows that a failed test found, a line each, where it was not that it found none. */
export function rowLines({ sample = [], rows }: Pick<TestResult, 'sample' | 'rows'>, width = 160): string[] {
  const shown = sample.slice(0, 3).map((row) =>
    clip(
      Object.entries(row)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(' '),
      width,
    ),
  );
  return rows > shown.length && shown.length > 0 ? [...shown, `… ${counted(rows, 'row')} in all`] : shown;
}

/** Why nothing was found, a sentence a line. */
export function whyLines(explanation: Explanation | undefined): string[] {
  if (!explanation) return [];
  const lines: string[] = [];
  if (explanation.events === 0) lines.push('the data holds no event');
  else if (explanation.command)
    lines.push(`no row was left after: ${clip(explanation.command.replace(/\s+/g, ' '), 160)}`);
  for (const clause of explanation.clauses) lines.push(clauseLine(clause, explanation.unit));
  lines.push(...(explanation.notes ?? []));
  return lines;
}
