// The one order in which diagnostics are reported.
import type { Diagnostic, Severity } from './diagnostic.js';

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Returns the diagnostics by file, errors first, then by line, column, code and message, without exact repetitions. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      rank[a.severity] - rank[b.severity] ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
  return sorted.filter((diagnostic, index) => {
    const last = sorted[index - 1];
    return (
      last === undefined ||
      last.file !== diagnostic.file ||
      last.line !== diagnostic.line ||
      last.column !== diagnostic.column ||
      last.code !== diagnostic.code ||
      last.message !== diagnostic.message
    );
  });
}

/** How many errors and warnings there are. */
export function countSeverities(diagnostics: readonly Diagnostic[]): { errors: number; warnings: number } {
  let errors = 0;
  let warnings = 0;
  for (const { severity } of diagnostics) {
    if (severity === 'error') errors++;
    else if (severity === 'warning') warnings++;
  }
  return { errors, warnings };
}
