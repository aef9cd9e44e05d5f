// The report other programs read.
import type { Diagnostic } from '../diagnostic.js';
import { countSeverities } from '../order.js';

/**
 * Prints `{"diagnostics": […], "summary": {files, errors, warnings}}` with two blanks of indentation.
 *
 * @param files  number of content files that were looked at
 */
export function formatJson(diagnostics: readonly Diagnostic[], files: number): string {
  const report = {
    diagnostics: diagnostics.map((d) => ({
      file: d.file,
      line: d.line,
      column: d.column,
      endLine: d.endLine,
      endColumn: d.endColumn,
      severity: d.severity,
      code: d.code,
      message: d.message,
      ...(d.help === undefined ? {} : { help: d.help }),
    })),
    summary: { files, ...countSeverities(diagnostics) },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
