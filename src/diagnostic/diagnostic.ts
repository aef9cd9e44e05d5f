// What detc tells an author: the one shape of every message, and the spans it points at.

/** A stretch of a text: offsets in UTF-16 code units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A named text that spans point into. `file` is the path shown to the author, with `/`. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** A place in a file an author edits. Lines and columns are 1-based; the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type Severity = 'error' | 'warning' | 'info';

/** A message with a place. `code` is stable API; the wording is not. */
export interface Diagnostic extends Place {
  readonly severity: Severity;
  readonly code: string;
  /** One plain sentence: lower case, no full stop, the author's text in double quotes as written. */
  readonly message: string;
  /** What to write instead, only when we know. */
  readonly help?: string;
  /** Further places, such as the definition of the macro in whose expansion the fault lies. */
  readonly notes?: readonly { readonly message: string; readonly place?: Place }[];
  /** Of a fault of a file's keys or values: the keys it is about, as written and as meant, as `tags.product`. */
  readonly about?: readonly string[];
}

/** A fault inside one text, before it is known which file and line that text stands in. */
export interface SpanDiagnostic {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly span: Span;
  readonly help?: string;
  readonly notes?: NonNullable<Diagnostic['notes']>;
}

/** Thrown by the library where the contract says so (compileSearch); carries every diagnostic found. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(
      diagnostics
        .map((d) => `${d.file}:${d.line}:${d.column}: ${d.severity}[${d.code}]: ${d.message}`)
        .join('\n'),
    );
    this.name = 'DiagnosticError';
    this.diagnostics = diagnostics;
  }
}
