// Where a pipe is missing: a command that cannot be read is cut before the name of another, where both can then be read.
import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import type { CommandSyntax } from './language.js';
import { type Parser, SyntaxFault } from './parser.js';

/** A command that is longer is reported as it was read. */
const maximumLength = 4000;
const name = /(?<![\w.'"$=-])[a-z]{3,}(?=\s|$)/g;

/**
 * Finds the pipe that the arguments of a command lack.
 *
 * @param start of the arguments; they end at the parser's end
 * @returns a fault at the name of the command behind it; undefined where no place makes both readable
 */
export function missingPipeFault(
  parser: Parser,
  syntax: CommandSyntax,
  start: number,
): SpanDiagnostic | undefined {
  const { text, end, structure } = parser;
  if (end - start > maximumLength) return undefined;
  let skipped = start;
  for (const match of text.slice(start, end).matchAll(name)) {
    const at = start + match.index;
    const other = parser.language.commands.get(match[0]);
    for (; skipped < at; skipped++) {
      const after =
        structure.strings.get(skipped) ??
        structure.calls.get(skipped) ??
        structure.comments.get(skipped) ??
        structure.brackets.get(skipped);
      if (after !== undefined && after > skipped + 1) skipped = after - 1;
    }
    if (other === undefined || skipped > at || !parser.isWritten(at)) continue;
    if (parser.trials < end - start) return undefined;
    parser.trials -= end - start;
    if (!reads(parser, other, at + match[0].length, end) || !reads(parser, syntax, start, at)) continue;
    return {
      severity: 'error',
      code: 'syntax',
      message: `a pipe is missing before "${match[0]}"`,
      span: { start: at, end: at + match[0].length },
      help: `write | ${match[0]}`,
    };
  }
  return undefined;
}

/** Whether a command could read the arguments between two offsets. */
function reads(
  parser: Parser,
  { grammar, name: command }: CommandSyntax,
  start: number,
  end: number,
): boolean {
  const { position } = parser;
  const found = parser.diagnostics.length;
  try {
    return parser.inside(end, () => {
      parser.position = start;
      parser.command = command;
      grammar.parse(parser);
      return parser.atEnd() && parser.diagnostics.length === found;
    });
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return false;
  } finally {
    parser.diagnostics.length = found;
    parser.position = position;
  }
}
