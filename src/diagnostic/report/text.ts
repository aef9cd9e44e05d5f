// The report people read: place first, then the line with carets, then help.
import picocolors from 'picocolors';
import { codeFrame } from '../code-frame.js';
import { counted } from '../counted.js';
import type { Diagnostic, Place } from '../diagnostic.js';
import { LineIndex } from '../line-index.js';
import { countSeverities } from '../order.js';
import { printable } from '../printable.js';

export interface TextOptions {
  /** Text of a file as named in the diagnostics; undefined when it cannot be read (then no code frame is printed). */
  readonly source: (file: string) => string | undefined;
  readonly colors: boolean;
  /** Diagnostics shown at most; the rest is only counted. */
  readonly limit?: number;
  /** Shown before the file name, to make it relative to the working folder. */
  readonly filePrefix?: string;
  /** Whether a line of counts closes the report; default true. */
  readonly counts?: boolean;
}

/**
 * Prints diagnostics as blocks of `file:line:column: severity[code]: message`, code frame and help, and a closing line of
 * counts; '' without diagnostics. Text of the author's files is made safe for terminals.
 */
export function formatText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  if (diagnostics.length === 0) return '';
  const limit = options.limit ?? 100;
  const indexes = new Map<string, LineIndex | undefined>();
  const indexOf = (file: string): LineIndex | undefined => {
    if (!indexes.has(file)) {
      const text = options.source(file);
      indexes.set(file, text === undefined ? undefined : new LineIndex(text));
    }
    return indexes.get(file);
  };
  const blocks = diagnostics.slice(0, limit).map((diagnostic) => formatOne(diagnostic, options, indexOf));
  const { errors, warnings } = countSeverities(diagnostics);
  const files = new Set(diagnostics.map((diagnostic) => diagnostic.file)).size;
  const hidden = diagnostics.length - blocks.length;
  const how = options.counts === false ? '' : ' ("detc validate --format json" tells all)';
  const more = hidden > 0 ? `${hidden} more not shown${how}; ` : '';
  const found = `${more}${counted(errors, 'error')} and ${counted(warnings, 'warning')} in ${counted(files, 'file')}`;
  const lines = options.counts === false && hidden === 0 ? blocks : [...blocks, found];
  return `${lines.join('\n')}\n`;
}

/** Prints one diagnostic with its frame, notes and help, without a line break at the end. */
export function formatOne(
  diagnostic: Diagnostic,
  options: TextOptions,
  indexOf: (file: string) => LineIndex | undefined,
): string {
  const colors = picocolors.createColors(options.colors);
  const shade = { error: colors.red, warning: colors.yellow, info: colors.cyan }[diagnostic.severity];
  const head = shade(colors.bold(`${diagnostic.severity}[${diagnostic.code}]`));
  const lines = [`${placeText(diagnostic, options)}: ${head}: ${printable(diagnostic.message)}`];
  const index = indexOf(diagnostic.file);
  if (index !== undefined && diagnostic.line <= index.lineCount) {
    const [text = '', carets = ''] = codeFrame(index.line(diagnostic.line), diagnostic).split('\n');
    lines.push(text, shade(carets));
  }
  for (const note of diagnostic.notes ?? []) {
    const place = note.place === undefined ? '' : `, ${placeText(note.place, options)}`;
    lines.push(`  note: ${printable(note.message)}${place}`);
  }
  if (diagnostic.help !== undefined) lines.push(`  ${colors.bold('help')}: ${printable(diagnostic.help)}`);
  return lines.join('\n');
}

function placeText(place: Place, options: TextOptions): string {
  return `${printable(`${options.filePrefix ?? ''}${place.file}`)}:${place.line}:${place.column}`;
}
