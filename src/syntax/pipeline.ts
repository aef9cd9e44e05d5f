// Reading a search: cutting it at its pipes, giving each command to its grammar, and going on after a fault.

import type { Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { didYouMean, editDistance, nearest } from '../diagnostic/did-you-mean.js';
import { missingBracketFault } from './bracket-repair.js';
import { commonCommands } from './common-names.js';
import { keepCommand, knownCommand, knownText } from './known-texts.js';
import type { CommandSyntax, SyntaxLanguage } from './language.js';
import { Parser, SyntaxFault } from './parser.js';
import { missingPipeFault } from './pipe-repair.js';
import { isQuoteFault } from './quote-repair.js';
import { maximumFaults } from './scan.js';
import { placeMissingBracket } from './subsearch-repair.js';
import { type Command, ownReading, type Pipeline, readingOf, syntaxOf } from './tree.js';

/** A tree, and every fault found on the way to it. */
export interface ParseResult {
  readonly tree: Pipeline;
  readonly diagnostics: readonly SpanDiagnostic[];
}

/**
 * Reads a search. Never throws: a command that can't be read keeps its text in `raw`, and a diagnostic says why. Macro
 * calls, `$tokens$` and `<<FIELD>>` may stand anywhere.
 *
 * @param isWritten whether a character is the author's own; what lacks is only looked for between such
 * @param how       on trial it is only asked whether there are faults; brackets and pipes that lack are not looked for
 *                  in a search with a broken quote, which is not as it looks
 */
export function parsePipelineText(
  text: string,
  language: SyntaxLanguage,
  isWritten?: (offset: number) => boolean,
  how: 'trial' | 'broken' | undefined = undefined,
): ParseResult {
  const parser = new Parser(text, language, parsePipeline, isWritten);
  if (how === 'trial') parser.beginTrial();
  else if (how === 'broken' || parser.structure.faults.some(isQuoteFault)) parser.trials = 0;
  const tree = parsePipeline(parser);
  const diagnostics = placeMissingBracket(parser, parsePipeline);
  return { tree, diagnostics: diagnostics.length < 2 ? diagnostics : sorted([...diagnostics]) };
}

/** Reads one expression, condition or other fragment of a search, all of the text. */
export function parseFragment<T>(
  text: string,
  language: SyntaxLanguage,
  read: (parser: Parser) => T,
): { readonly value: T | undefined; readonly diagnostics: readonly SpanDiagnostic[] } {
  const parser = new Parser(text, language, parsePipeline);
  try {
    const value = read(parser);
    parser.expectEnd();
    return { value, diagnostics: sorted(parser.diagnostics) };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    parser.report(error.diagnostic);
    return { value: undefined, diagnostics: sorted(parser.diagnostics) };
  }
}

function sorted(diagnostics: SpanDiagnostic[]): SpanDiagnostic[] {
  return diagnostics.length < 2 ? diagnostics : diagnostics.sort((a, b) => a.span.start - b.span.start);
}

const explicitSearch = /search(?![\w.:=*-])(?!\s*[=<>!])/iy;
const commandName = /[A-Za-z_][\w-]*/y;
/** What may stand behind the name of a command. */
const commandEnd = /[\s(["`]/;

/** Reads commands up to the parser's end: the whole text, or the inside of a subsearch. */
export function parsePipeline(parser: Parser): Pipeline {
  const outer = parser.end;
  const isMain = outer >= parser.text.length && !insideBracket(parser);
  parser.skip();
  const start = parser.position;
  const leadingPipe = parser.accept('|');
  const commands: Command[] = [];
  let first = true;
  for (;;) {
    const pipe = parser.position - 1;
    const end = endOfCommand(parser, outer);
    parser.skip();
    if (parser.position >= end) {
      parser.position = end;
      const more = end < outer && parser.text[end] === '|';
      if (!first || leadingPipe || more) {
        const at = first && !leadingPipe ? end : Math.max(pipe, 0);
        parser.report(missingCommand(at, first && !leadingPipe));
      }
    } else {
      const place = first && !leadingPipe ? (isMain ? 'main' : 'sub') : 'pipe';
      commands.push(readCommand(parser, end, place));
    }
    parser.position = end;
    first = false;
    if (end >= outer || parser.text[end] !== '|') break;
    if (parser.isTrial && parser.diagnostics.length > 0) break;
    parser.position++;
  }
  parser.position = outer;
  return { kind: 'pipeline', leadingPipe, commands, span: { start, end: outer } };
}

type CommandPlace = 'main' | 'sub' | 'pipe';

/** Reads the command up to `end`, or takes it from where the same was read before. */
function readCommand(parser: Parser, end: number, place: CommandPlace): Command {
  const { position, text, diagnostics } = parser;
  // A broken quote or bracket changes how what stands behind it is read.
  const around = `${place} ${text[end] ?? ''} `;
  const known =
    parser.structure.faults.length === 0
      ? knownText(text.slice(position, end), around, parser.language)
      : undefined;
  const same = known === undefined ? undefined : knownCommand(known, position);
  if (same !== undefined) return same;
  const before = diagnostics.length;
  const command = parser.inside(end, () => parseCommand(parser, place));
  // Behind the last fault that is reported nobody knows whether there are more.
  const isSound = diagnostics.length === before && before < maximumFaults;
  return known !== undefined && isSound ? keepCommand(known, command) : command;
}

/** A command's stretch of a search: from behind its pipe to the next one. */
export interface CommandStretch extends Span {
  /** Whether it begins the search without a pipe, where a "search" may be left out. */
  readonly place: 'main' | 'pipe';
}

/**
 * Where the commands up to the end of a parser stand; undefined when a quote or bracket is broken or a command lacks.
 *
 * @param isBehindPipe whether what is read stands behind a pipe and does not begin the search
 */
export function commandStretches(
  parser: Parser,
  isBehindPipe: boolean,
): readonly CommandStretch[] | undefined {
  if (parser.structure.faults.length > 0) return undefined;
  const outer = parser.end;
  const found: CommandStretch[] = [];
  parser.skip();
  if (!isBehindPipe && parser.position >= outer) return found;
  const leadingPipe = !isBehindPipe && parser.accept('|');
  let start = leadingPipe ? parser.position : 0;
  for (;;) {
    const end = endOfCommand(parser, outer);
    parser.skip();
    if (parser.position >= end) return undefined;
    const isFirst = found.length === 0 && !leadingPipe && !isBehindPipe;
    found.push({ start, end, place: isFirst ? 'main' : 'pipe' });
    parser.position = end;
    if (end >= outer) return found;
    parser.position++;
    start = parser.position;
  }
}

/** The stretches between the pipes of a search as written; undefined when a quote or bracket is broken. */
export function stretchesBetweenPipes(text: string, language: SyntaxLanguage): readonly Span[] | undefined {
  const parser = new Parser(text, language, parsePipeline);
  if (parser.structure.faults.length > 0) return undefined;
  const found: Span[] = [];
  for (;;) {
    const start = parser.position;
    const end = endOfCommand(parser, text.length);
    found.push({ start, end });
    if (end >= text.length) return found;
    parser.position = end + 1;
  }
}

/** Reads the command of a stretch. */
export function parseCommandIn(parser: Parser, { start, end, place }: CommandStretch): Command {
  parser.position = start;
  parser.skip();
  return parser.inside(end, () => parseCommand(parser, place));
}

function insideBracket(parser: Parser): boolean {
  // A subsearch is read with the cursor just behind its bracket.
  return parser.position > 0 && parser.structure.brackets.get(parser.position - 1) === parser.end;
}

function missingCommand(offset: number, before: boolean): SpanDiagnostic {
  return {
    severity: 'error',
    code: 'syntax',
    message: before ? 'a search is missing before this pipe' : 'a command is missing after this pipe',
    span: { start: offset, end: offset + 1 },
  };
}

const commandMark = /["[\\`|]/g;

/** Offset of the next pipe outside of strings, subsearches, macro calls and comments. */
function endOfCommand(parser: Parser, outer: number): number {
  const { text, structure } = parser;
  let i = parser.position;
  while (i < outer) {
    // The engine finds what matters much faster than a loop over characters does.
    commandMark.lastIndex = i;
    if (!commandMark.test(text)) return outer;
    i = commandMark.lastIndex - 1;
    if (i >= outer) return outer;
    switch (text.charCodeAt(i)) {
      case 34: // "
        i = structure.strings.get(i) ?? i + 1;
        break;
      case 91: // [
        i = (structure.brackets.get(i) ?? i) + 1;
        break;
      case 92: // \
        i += 2;
        break;
      case 96: // `
        i = structure.comments.get(i) ?? structure.calls.get(i) ?? i + 1;
        break;
      case 124: // |
        if (!isTokenFilter(text, i)) return i;
        i++;
        break;
    }
  }
  return outer;
}

/** What stands behind a pipe that belongs to a token such as `$user|s$`. */
export const tokenFilter = /^[a-z]\$/;

/** Whether a pipe belongs to a token such as `$user|s$`. */
function isTokenFilter(text: string, pipe: number): boolean {
  return (
    tokenFilter.test(text.slice(pipe + 1, pipe + 3)) &&
    /\$[\w.:]+$/.test(text.slice(Math.max(0, pipe - 100), pipe))
  );
}

function parseCommand(parser: Parser, place: CommandPlace): Command {
  const start = parser.position;
  const { text } = parser;
  if (place !== 'main' && parser.atMacro()) {
    const macro = parser.macro();
    const raw = rest(parser);
    const span = parser.spanFrom(start);
    return {
      kind: 'command',
      name: '',
      nameSpan: macro.span,
      arguments: undefined,
      macro,
      ...(raw === '' ? {} : { raw }),
      span,
    };
  }
  if (place === 'main') {
    explicitSearch.lastIndex = start;
    if (!explicitSearch.test(text))
      return readArguments(parser, start, 'search', { start, end: start }, true);
  }
  const name = parser.take(commandName);
  const nameSpan = parser.spanFrom(start);
  const next = parser.position < parser.end ? text[parser.position]! : ' ';
  if (name === undefined || !commandEnd.test(next)) {
    parser.position = start;
    if (place === 'sub') return readArguments(parser, start, 'search', { start, end: start }, true);
    const word = name === undefined ? '' : (parser.word() ?? '');
    parser.position = start;
    if (word === '') {
      const message = `expected a command after "|", found ${parser.found()}`;
      reportOnce(parser, start, {
        severity: 'error',
        code: 'syntax',
        message,
        span: { start, end: start + 1 },
      });
    } else reportOnce(parser, start, unknownCommand(parser, word, { start, end: start + word.length }));
    parser.position = start + word.length;
    return unread(parser, start, word, { start, end: start + word.length });
  }
  const known = parser.language.commands.get(name.toLowerCase());
  if (known === undefined) {
    if (place === 'sub' && nearest(name, parser.language.commands.keys()) === undefined) {
      parser.position = start;
      return readArguments(parser, start, 'search', { start, end: start }, true);
    }
    reportOnce(parser, start, unknownCommand(parser, name, nameSpan));
    return unread(parser, start, name.toLowerCase(), nameSpan);
  }
  return readArguments(parser, start, known.name, nameSpan, false);
}

function unknownCommand(parser: Parser, name: string, span: { start: number; end: number }): SpanDiagnostic {
  // Beyond the last fault that is reported nobody sees what was meant.
  const isSeen = !parser.isTrial && parser.diagnostics.length < maximumFaults;
  const help = isSeen ? didYouMean(name, parser.language.commands.keys(), commonCommands) : undefined;
  return {
    severity: 'error',
    code: 'unknown-command',
    message: `unknown command "${name}"`,
    span,
    ...(help === undefined ? {} : { help }),
  };
}

/** The text up to the end of the command; the cursor moves there. */
function rest(parser: Parser): string {
  const raw = parser.text.slice(parser.position, parser.end).trim();
  parser.position = parser.end;
  return raw;
}

function unread(parser: Parser, start: number, name: string, nameSpan: Command['nameSpan']): Command {
  const raw = rest(parser);
  return {
    kind: 'command',
    name,
    nameSpan,
    arguments: undefined,
    raw,
    span: trimmedSpan(parser, start),
  };
}

/** From `start` to the last character that is not blank. */
function trimmedSpan(parser: Parser, start: number): Command['span'] {
  let end = parser.end;
  while (end > start && parser.text.charCodeAt(end - 1) <= 32) end--;
  return { start, end };
}

function readArguments(
  parser: Parser,
  start: number,
  name: string,
  nameSpan: Command['nameSpan'],
  implied: boolean,
): Command {
  const syntax: CommandSyntax | undefined = parser.language.commands.get(name);
  if (syntax === undefined) return unread(parser, start, name, nameSpan);
  const argumentsStart = parser.position;
  parser.command = name;
  try {
    const args = syntax.grammar.parse(parser);
    parser.expectEnd();
    const span = trimmedSpan(parser, start);
    return implied
      ? {
          kind: 'command',
          name,
          nameSpan,
          implied,
          arguments: args,
          span,
          [syntaxOf]: syntax,
          [readingOf]: ownReading,
        }
      : {
          kind: 'command',
          name,
          nameSpan,
          arguments: args,
          span,
          [syntaxOf]: syntax,
          [readingOf]: ownReading,
        };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    const bracket = (): SpanDiagnostic | undefined =>
      missingBracketFault(parser, syntax, argumentsStart, error.diagnostic);
    const placeholder = placeholderBefore(parser, argumentsStart, error.diagnostic.span.end);
    // What is put in for a token or <<FIELD>> brings no bracket without its partner.
    const found = placeholder === 'token' ? bracket() : undefined;
    if (found !== undefined) reportOnce(parser, start, found);
    if (placeholder === undefined)
      reportOnce(
        parser,
        start,
        misspelledSource(parser, syntax, start, nameSpan) ??
          bracket() ??
          missingPipeFault(parser, syntax, argumentsStart) ??
          error.diagnostic,
      );
    parser.position = argumentsStart;
    const command = unread(parser, start, name, nameSpan);
    return implied ? { ...command, implied } : command;
  }
}

/** Reports a fault of a command unless a quote or bracket in it is broken, which has been reported and explains it. */
function reportOnce(parser: Parser, start: number, diagnostic: SpanDiagnostic): void {
  const broken = parser.structure.faults.some(({ span }) => span.start >= start && span.start < parser.end);
  if (!broken) parser.report(diagnostic);
}

/** When a search begins with `| stats` and can't be read, its author meant a command that reads data: `tstats`. */
function misspelledSource(
  parser: Parser,
  syntax: CommandSyntax,
  start: number,
  span: Command['nameSpan'],
): SpanDiagnostic | undefined {
  if (syntax.type === 'generating' || parser.text.lastIndexOf('|', start) > 20) return undefined;
  if (!/^\s*\|\s*$/.test(parser.text.slice(0, start))) return undefined;
  const near = [...parser.language.commands.values()].filter(
    (other) => other.type === 'generating' && editDistance(syntax.name, other.name, 1) === 1,
  );
  const meant = near.find((other) => reads(parser, other, span.end));
  if (meant === undefined) return undefined;
  return {
    severity: 'error',
    code: 'syntax',
    message: `command "${syntax.name}" works on results, and nothing comes before it`,
    span,
    help: `did you mean "${meant.name}"?`,
  };
}

/** Whether another command could read the arguments that begin at an offset. */
function reads(parser: Parser, { grammar }: CommandSyntax, start: number): boolean {
  const found = parser.diagnostics.length;
  parser.position = start;
  try {
    grammar.parse(parser);
    return parser.diagnostics.length === found;
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return false;
  } finally {
    parser.diagnostics.length = found;
  }
}

const tokenPattern = /\$[\w.:|]+\$|<<\w+>>/y;

/**
 * Whether a macro call or, when there is none, a token stands outside of quotes before `fault`: it may stand for what
 * was missed there.
 */
function placeholderBefore(parser: Parser, start: number, fault: number): 'token' | 'macro' | undefined {
  const { text, structure } = parser;
  let found: 'token' | undefined;
  const limit = Math.min(fault, parser.end);
  for (let i = start; i < limit; i++) {
    const character = text[i];
    if (character === '"') i = (structure.strings.get(i) ?? i + 1) - 1;
    else if (character === '`') {
      if (structure.calls.has(i)) return 'macro';
      i = (structure.comments.get(i) ?? i + 1) - 1;
    } else if (character === '$' || character === '<') {
      tokenPattern.lastIndex = i;
      if (tokenPattern.test(text)) found = 'token';
    }
  }
  return found;
}
