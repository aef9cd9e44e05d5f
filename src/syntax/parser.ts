// The cursor that command grammars read with: characters, words, strings, macro calls and faults.

import type { Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import type { SyntaxLanguage } from './language.js';
import { readMacroCall } from './macro-call.js';
import { maximumFaults, type Structure, scanStructure } from './scan.js';
import type { MacroCall, Pipeline } from './tree.js';

/** Nesting beyond this is reported, long before a call stack ends. */
const maximumDepth = 200;

/**
 * What stops the reading of one command; thrown, and caught at the pipe, where reading resumes. No `Error`: it never
 * leaves the parser, and a stack trace for every fault of a broken search would cost more than the reading.
 */
export class SyntaxFault {
  readonly diagnostic: SpanDiagnostic;
  constructor(diagnostic: SpanDiagnostic) {
    this.diagnostic = diagnostic;
  }
}

/** Reads `name=value` pairs wherever a command's grammar lets options stand. */
export interface OptionReader {
  readonly take: (parser: Parser) => boolean;
  readonly names: readonly string[];
  /** Other names may stand before `=`, and are no options. */
  readonly isOpen: boolean;
}

/** A field name or argument word: up to a blank, comma, bracket, quote or operator. */
const wordPattern = /(?:[^\s,()|[\]"=`<>!]+|<<\w+>>|[<>!](?!=))+/y;
/** What may stand behind a keyword. */
const keywordEnd = /[\s(),"'[\]`|]/y;
const optionPattern = /([A-Za-z_][\w.-]*)\s*=(?!=)\s*/y;
/** A single quote and the characters of field names behind it. */
const unclosedName = /'[\w.{}:@-]*/y;

const quote = 34;
const openParenthesis = 40;
const openBracket = 91;
const backtick = 96;

/** A cursor over one search. Grammars see only their own command: `end` is the next pipe. */
export class Parser {
  readonly text: string;
  readonly language: SyntaxLanguage;
  readonly structure: Structure;
  readonly diagnostics: SpanDiagnostic[] = [];
  position = 0;
  /** Reading stops here: end of the command, subsearch or text. */
  end: number;
  /** Options of the command being read. */
  options: OptionReader | undefined;
  /** Name of the command being read, for messages. */
  command = '';
  /** Whether a character is the author's own, and not that of a macro's definition. */
  readonly isWritten: (offset: number) => boolean;
  /** Characters that may still be read on trial to find what lacks; it bounds the time that a broken search takes. */
  trials = 100_000;
  /** It is only asked whether there are faults: the first one ends the reading, and nobody reads what it says. */
  isTrial = false;
  private depth = 0;
  private readonly pipelineParser: (parser: Parser) => Pipeline;

  constructor(
    text: string,
    language: SyntaxLanguage,
    pipelineParser: (parser: Parser) => Pipeline,
    isWritten: (offset: number) => boolean = () => true,
  ) {
    this.text = text;
    this.isWritten = isWritten;
    this.language = language;
    this.pipelineParser = pipelineParser;
    this.structure = scanStructure(text);
    if (this.structure.faults.length > 0) this.diagnostics.push(...this.structure.faults);
    this.end = text.length;
  }

  /** A cursor over another text, which reads the same language; it looks for nothing that lacks there. */
  fork(text: string): Parser {
    const other = new Parser(text, this.language, this.pipelineParser);
    other.beginTrial();
    return other;
  }

  /** Reads on only to the first fault, and looks for nothing that lacks. */
  beginTrial(): void {
    this.trials = 0;
    this.isTrial = true;
  }

  /** Moves over blanks and comments. */
  skip(): void {
    const { text, end } = this;
    let { position } = this;
    while (position < end) {
      const code = text.charCodeAt(position);
      if (code <= 32 || code === 160) position++;
      else if (code === backtick && this.structure.comments.has(position))
        position = Math.min(this.structure.comments.get(position)!, end);
      else break;
    }
    this.position = position;
  }

  /** Whether nothing but blanks is left of this command. */
  atEnd(): boolean {
    this.skip();
    return this.position >= this.end;
  }

  /** The next character after blanks, or the empty string at the end. */
  peek(): string {
    this.skip();
    return this.position < this.end ? this.text[this.position]! : '';
  }

  /** Takes a punctuation text if it comes next. */
  accept(text: string): boolean {
    this.skip();
    const { position } = this;
    const after = position + text.length;
    if (after > this.end || this.text.charCodeAt(position) !== text.charCodeAt(0)) return false;
    if (text.length > 1 && !this.text.startsWith(text, position)) return false;
    this.position = after;
    return true;
  }

  /** Takes a punctuation text or fails. */
  expect(text: string, why = ''): void {
    if (!this.accept(text)) this.fail(`expected "${text}"${why}, found ${this.found()}`);
  }

  /** Whether a keyword (any case), given in capitals, comes next as a whole word; it does not move. */
  atKeyword(keyword: string): boolean {
    this.skip();
    const { text, position } = this;
    const after = position + keyword.length;
    // Letters of one case differ from those of the other by one bit.
    if (after > this.end || (text.charCodeAt(position) & 0xdf) !== keyword.charCodeAt(0)) return false;
    if (text.slice(position, after).toUpperCase() !== keyword) return false;
    keywordEnd.lastIndex = after;
    return after === this.end || keywordEnd.test(text);
  }

  /** The one of some keywords that comes next. */
  peekOneOf(keywords: readonly string[]): string | undefined {
    for (let i = 0; i < keywords.length; i++) if (this.atKeyword(keywords[i]!)) return keywords[i];
    return undefined;
  }

  /** Takes a keyword, given in capitals. */
  takesKeyword(keyword: string): boolean {
    if (!this.atKeyword(keyword)) return false;
    this.position += keyword.length;
    return true;
  }

  /** Takes one of some keywords and returns it in capitals. */
  oneOf(keywords: readonly string[]): string | undefined {
    const found = this.peekOneOf(keywords);
    if (found !== undefined) this.position += found.length;
    return found;
  }

  /** Takes a keyword or fails. */
  expectKeyword(...keywords: readonly string[]): string {
    return (
      this.oneOf(keywords) ??
      this.fail(`expected ${keywords.map((k) => `"${k}"`).join(' or ')}, found ${this.found()}`)
    );
  }

  /** Moves past a sticky pattern that matches here, inside this command. Makes nothing of what it has found. */
  passes(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    if (!pattern.test(this.text)) return false;
    const after = pattern.lastIndex;
    if (after === this.position || after > this.end) return false;
    this.position = after;
    return true;
  }

  /** Takes the text of a sticky pattern that matches here, inside this command. */
  take(pattern: RegExp): string | undefined {
    const start = this.position;
    return this.passes(pattern) ? this.text.slice(start, this.position) : undefined;
  }

  /** The same with what its groups have found. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match === null || match[0] === '' || match.index + match[0].length > this.end) return undefined;
    this.position += match[0].length;
    return match;
  }

  /** A bare word, with `(…)` glued to it as in the name of an aggregate's output; undefined if none comes next. */
  word(): string | undefined {
    this.skip();
    const { text, end, position: start } = this;
    for (;;) {
      wordPattern.lastIndex = this.position;
      if (wordPattern.test(text)) this.position = Math.min(end, wordPattern.lastIndex);
      if (this.position >= end || this.position === start) break;
      const code = text.charCodeAt(this.position);
      if (code === openParenthesis) {
        const close = this.closingParenthesis(this.position);
        if (close < 0) break;
        this.position = close + 1;
      } else if (code === quote && this.structure.loneQuotes.has(this.position)) this.position++;
      else break;
    }
    if (this.position > start) return text.slice(start, this.position);
    if (!this.structure.loneQuotes.has(start)) return undefined;
    this.position++;
    return this.word() ?? '';
  }

  /** Offset of the parenthesis that closes the one at `open`, inside this command; -1 if there is none. */
  closingParenthesis(open: number): number {
    let depth = 0;
    for (let i = open; i < this.end; i++) {
      const character = this.text[i];
      if (character === '(') depth++;
      else if (character === ')') {
        depth--;
        if (depth === 0) return i;
      } else if (character === '"') {
        const end = this.structure.strings.get(i);
        if (end !== undefined) i = end - 1;
      }
    }
    return -1;
  }

  /** Whether a double-quoted string comes next. */
  atString(): boolean {
    this.skip();
    return this.atStringHere();
  }

  /** Whether a double-quoted string begins right here, without a blank before it. */
  atStringHere(): boolean {
    const { position } = this;
    return (
      position < this.end && this.text.charCodeAt(position) === quote && this.structure.strings.has(position)
    );
  }

  /** Takes a double-quoted string and returns the text between its quotes as written. */
  rawString(): string {
    const start = this.position;
    const end = Math.min(this.structure.strings.get(start)!, this.end);
    this.position = end;
    return this.text.slice(start + 1, this.structure.unclosed.has(start) ? end : end - 1);
  }

  /** Takes a double-quoted string and decodes `\"` and `\\`; any other backslash stands for itself. */
  string(): string {
    return decodeString(this.rawString());
  }

  /** Whether a macro call comes next. */
  atMacro(): boolean {
    this.skip();
    return this.atMacroHere();
  }

  /** Whether a macro call begins right here, without a blank before it. */
  atMacroHere(): boolean {
    const { position } = this;
    return (
      position < this.end && this.text.charCodeAt(position) === backtick && this.structure.calls.has(position)
    );
  }

  /** Takes a macro call. */
  macro(): MacroCall {
    const start = this.position;
    this.position = Math.min(this.structure.calls.get(start)!, this.end);
    return readMacroCall(this.text.slice(start, this.position), start);
  }

  /** Whether a subsearch comes next. */
  atSubsearch(): boolean {
    this.skip();
    const { position } = this;
    return (
      position < this.end &&
      this.text.charCodeAt(position) === openBracket &&
      this.structure.brackets.has(position)
    );
  }

  /** Takes a subsearch in brackets. */
  subsearch(): Pipeline {
    const open = this.position;
    const close = Math.min(this.structure.brackets.get(open)!, this.end);
    this.position = open + 1;
    const pipeline = this.inside(close, () => this.nested(() => this.pipelineParser(this)));
    this.position = Math.min(close + 1, this.end);
    return pipeline;
  }

  /** Runs `read` with a nearer end and without the options of the command around it. */
  inside<T>(end: number, read: () => T): T {
    const before = { end: this.end, options: this.options, command: this.command };
    this.end = end;
    this.options = undefined;
    try {
      return read();
    } finally {
      this.end = before.end;
      this.options = before.options;
      this.command = before.command;
    }
  }

  /** Runs `read` one level deeper; fails when the nesting is deeper than any real search. */
  nested<T>(read: () => T): T {
    if (this.depth >= maximumDepth) this.fail('this search is nested too deeply');
    this.depth++;
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  /** Takes all options of this command that come next. */
  takeOptions(): void {
    if (this.options === undefined) return;
    while (this.atOption()) {
      if (this.options.take(this)) continue;
      if (this.options.isOpen || this.options.names.length === 0) return;
      this.failOption(this.peekOption()!);
    }
  }

  /** Whether `name=` comes next. */
  private atOption(): boolean {
    this.skip();
    optionPattern.lastIndex = this.position;
    return optionPattern.test(this.text) && optionPattern.lastIndex <= this.end;
  }

  /** If `name=` comes next, returns the name in lower case, without moving. */
  peekOption(): string | undefined {
    this.skip();
    optionPattern.lastIndex = this.position;
    const match = optionPattern.exec(this.text);
    return match !== null && this.position + match[0].length <= this.end
      ? match[1]!.toLowerCase()
      : undefined;
  }

  /** Takes `name=` if it comes next, and returns the name in lower case. */
  takeOption(): string | undefined {
    this.skip();
    return this.match(optionPattern)?.[1]?.toLowerCase();
  }

  /** Adds a fault, up to as many as help. */
  report(diagnostic: SpanDiagnostic): void {
    if (this.diagnostics.length < maximumFaults) this.diagnostics.push(diagnostic);
  }

  /** The span from `start` to here. */
  spanFrom(start: number): Span {
    return { start, end: this.position };
  }

  /** Words for what comes next, as messages say it. */
  found(): string {
    if (this.atEnd())
      return this.end >= this.text.length ? 'the end of the search' : 'the end of the command';
    return `"${this.nextText()}"`;
  }

  /** The next word or character as written, at most 40 characters of it. */
  private nextText(): string {
    const span = this.nextSpan();
    const text = this.text.slice(span.start, span.end);
    return text.length > 40 ? `${text.slice(0, 39)}…` : text;
  }

  private nextSpan(): Span {
    this.skip();
    const start = this.position;
    if (start >= this.end) {
      // The end of a command is the place behind its last word.
      let last = this.end;
      while (last > 0 && this.text.charCodeAt(last - 1) <= 32) last--;
      return { start: last, end: Math.min(last + 1, this.text.length) };
    }
    let end = this.structure.strings.get(start) ?? this.structure.calls.get(start);
    if (end === undefined) {
      wordPattern.lastIndex = start;
      end = start + Math.max(1, wordPattern.exec(this.text)?.[0].length ?? 1);
    }
    return { start, end: Math.min(end, this.end) };
  }

  /** Ends the reading of this command with a fault at `span`, or at what comes next. */
  fail(message: string, span: Span = this.nextSpan(), help?: string): never {
    const name = this.halfQuotedName();
    if (name !== undefined)
      throw new SyntaxFault({
        severity: 'error',
        code: 'syntax',
        message: 'this field name ends with a quote but does not begin with one',
        span: name,
      });
    throw new SyntaxFault({
      severity: 'error',
      code: 'syntax',
      message,
      span,
      ...(help === undefined ? {} : { help }),
    });
  }

  /** The field name behind a single quote that is never closed, and the quote. */
  unclosedName(): Span {
    unclosedName.lastIndex = this.position;
    return {
      start: this.position,
      end: Math.min(unclosedName.exec(this.text)![0].length + this.position, this.end),
    };
  }

  /** The field name that ends here with a single quote and begins with none, its quote included. */
  private halfQuotedName(): Span | undefined {
    const { position, text } = this;
    if (text[position] !== "'" || /[\w{}]/.test(text[position + 1] ?? ' ')) return undefined;
    const before = /[\w.{}:@-]+$/.exec(text.slice(Math.max(0, position - 100), position));
    return before === null ? undefined : { start: position - before[0].length, end: position + 1 };
  }

  /** Fails unless the command ends here. */
  expectEnd(): void {
    if (this.atEnd()) return;
    const name = this.peekOption();
    if (name !== undefined && this.options !== undefined) this.failOption(name);
    const character = this.text[this.position];
    if (character === ')') this.fail('this ")" closes nothing');
    this.fail(`unexpected ${this.found()}${this.command ? ` in "${this.command}"` : ''}`);
  }

  private failOption(name: string): never {
    const names = this.isTrial ? [] : (this.options?.names ?? []);
    const help =
      didYouMean(name, names) ?? (names.length > 0 ? `its options are ${names.join(', ')}` : undefined);
    this.fail(`command "${this.command}" has no option "${name}"`, this.spanOf(name.length), help);
  }

  private spanOf(length: number): Span {
    return { start: this.position, end: this.position + length };
  }
}

/** Decodes `\"` and `\\`; any other backslash stands for itself. */
export function decodeString(text: string): string {
  return text.includes('\\') ? text.replace(/\\(["\\])/g, '$1') : text;
}

/** Encodes what `decodeString` decodes. */
export function encodeString(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}
