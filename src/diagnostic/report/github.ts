// The report as workflow commands, which GitHub shows as annotations on the changed lines.
import type { Diagnostic } from '../diagnostic.js';

const words = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Prints one workflow command per diagnostic; author's text cannot start a command of its own. */
export function formatGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map((d) => {
      // GitHub wants no endColumn where the end lies on another line.
      const columns = d.endLine === d.line ? `,endColumn=${d.endColumn}` : '';
      const properties = `file=${property(d.file)},line=${d.line},endLine=${d.endLine},col=${d.column}${columns}`;
      const help = d.help === undefined ? '' : `; ${d.help}`;
      return `::${words[d.severity]} ${properties},title=${property(d.code)}::${data(d.message + help)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
