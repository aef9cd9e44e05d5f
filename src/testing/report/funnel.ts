// The funnel of a test, rows after each command, and the words that explain an empty result.
import type { Explanation, Stage } from '../result.js';
import { clip, plural } from './text.js';

const barWidth = 20;

/** One line per command: rows out, a bar, the command. The bar is logarithmic, so that one row of a million shows. */
export function funnelLines(stages: readonly Stage[], width = 100): string[] {
  const most = Math.max(1, ...stages.map((stage) => Math.max(stage.rowsIn, stage.rowsOut)));
  const digits = String(most).length;
  return stages.map((stage) => {
    const share =
      stage.rowsOut === 0
        ? 0
        : Math.max(1, Math.round((barWidth * Math.log1p(stage.rowsOut)) / Math.log1p(most)));
    const bar = '█'.repeat(share) + '·'.repeat(barWidth - share);
    const mark = stage.rowsOut === 0 && stage.rowsIn > 0 ? '✗' : ' ';
    return `${mark} ${String(stage.rowsOut).padStart(digits)} ${bar} ${clip(stage.command.replace(/\s+/g, ' '), Math.max(20, width - digits - barWidth - 5))}`;
  });
}

/** Why nothing was found, a sentence a line. */
export function whyLines(explanation: Explanation | undefined): string[] {
  if (!explanation) return [];
  const lines: string[] = [];
  if (explanation.events === 0) lines.push('the data holds no event');
  else if (explanation.command)
    lines.push(`no row was left after: ${clip(explanation.command.replace(/\s+/g, ' '), 160)}`);
  for (const clause of explanation.clauses) {
    const near = clause.near.map((miss) => `"${clip(miss.value, 60)}" ${times(miss.count)}`).join(', ');
    if (clause.met === 0)
      lines.push(`no event met ${clip(clause.clause, 120)}${near ? `; it was ${near}` : ''}`);
    else lines.push(`${plural(clause.met, 'event')} met ${clip(clause.clause, 120)}`);
  }
  if (explanation.absentFields.length > 0)
    lines.push(`the data never has ${explanation.absentFields.map((field) => `"${field}"`).join(', ')}`);
  return lines;
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
