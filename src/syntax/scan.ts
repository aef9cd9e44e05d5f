// The first look at a search: where its strings, subsearches, macro calls and comments begin and end.
// Splunk cuts a search at its pipes before any command reads its arguments, and so do we; a quote or bracket without
// its partner is found and mended here, so that the rest of the search can still be read.
import type { Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';

/** Where the quoting of a text lies. All ends are exclusive; keys are the offsets of the opening marks. */
export interface Structure {
  /** `"` → end of the string, its closing quote included. */
  readonly strings: ReadonlyMap<number, number>;
  /** Strings whose closing quote is missing: the end above is a guess and no quote stands before it. */
  readonly unclosed: ReadonlySet<number>;
  /** Quotes without a partner, which are read as ordinary characters. */
  readonly loneQuotes: ReadonlySet<number>;
  /** `[` → offset of its `]` (or of the end of the text when it is missing). */
  readonly brackets: ReadonlyMap<number, number>;
  /** `` ` `` → end of the macro call. */
  readonly calls: ReadonlyMap<number, number>;
  /** Three backticks → end of the comment. */
  readonly comments: ReadonlyMap<number, number>;
  readonly faults: readonly SpanDiagnostic[];
}

const quote = 34;
const backslash = 92;
const backtick = 96;
const openBracket = 91;
const closeBracket = 93;

/** What may stand after the name of a macro call before its closing backtick. */
const macroName = /[ \t]*[\w.:-]+[ \t]*/y;

/** A character that a word is made of: next to one, a quote can't open or close a string. */
function isWordCharacter(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 || // _
    code === 42 || // *
    code > 127
  );
}

/** Whether a text has a macro call, outside of its strings and comments. */
export function hasCall(text: string): boolean {
  return text.includes('`') && scanStructure(text).calls.size > 0;
}

/** Finds the strings, subsearches, macro calls and comments of a search in one pass. */
export function scanStructure(text: string): Structure {
  const pass = scanOnce(text, noRepair);
  if (pass.openString === undefined) return pass;
  const repair = findBrokenQuote(text, pass.strings, pass.openString);
  const repaired = scanOnce(text, repair);
  return {
    ...repaired,
    faults: [...repaired.faults, repair.fault].sort((a, b) => a.span.start - b.span.start),
  };
}

/** What is said of a "]" whose "[" is missing. */
export const unopenedSubsearch = 'this "]" closes nothing';
/** What is said of a "[" whose "]" is missing. */
export const unclosedSubsearch = 'this "[" is never closed';
/** What is said of a broken quote. */
export const unclosedMessage = 'this string is never closed';
export const loneMessage = 'this text ends with a quote but does not begin with one';

/** More faults than this in one search help nobody. */
export const maximumFaults = 100;

interface Repair {
  /** A quote to be read as an ordinary character. */
  readonly lone?: number;
  /** The opening quote of a string without end, and where we take it to end. */
  readonly unclosed?: readonly [start: number, end: number];
}
const noRepair: Repair = {};

/** Most searches have no bracket or comment, and no broken quote. */
const noEnds: ReadonlyMap<number, number> = new Map();
const noQuotes: ReadonlySet<number> = new Set();

const stringMark = /["\\]/g;
const structureMark = /["[\]\\`]/g;

function scanOnce(text: string, repair: Repair): Structure & { readonly openString: number | undefined } {
  const strings = new Map<number, number>();
  let brackets: Map<number, number> | undefined;
  let calls: Map<number, number> | undefined;
  let comments: Map<number, number> | undefined;
  const faults: SpanDiagnostic[] = [];
  const open: number[] = [];
  let openString: number | undefined;
  let i = 0;
  while (i < text.length) {
    // The engine finds what matters much faster than a loop over characters does.
    structureMark.lastIndex = i;
    if (!structureMark.test(text)) break;
    i = structureMark.lastIndex - 1;
    const code = text.charCodeAt(i);
    if (code === backslash) {
      i += 2;
    } else if (code === quote && i !== repair.lone) {
      let end: number;
      if (repair.unclosed?.[0] === i) end = repair.unclosed[1];
      else {
        end = endOfString(text, i);
        if (end < 0) {
          openString ??= i;
          end = text.length;
        }
      }
      strings.set(i, end);
      i = end;
    } else if (code === backtick) {
      if (text.startsWith('```', i)) {
        let end = text.indexOf('```', i + 3);
        if (end < 0) {
          faults.push(fault(i, i + 3, 'this comment is never closed', 'close it with three backticks'));
          end = text.length;
        } else end += 3;
        comments ??= new Map();
        comments.set(i, end);
        i = end;
      } else {
        const end = endOfCall(text, i);
        if (end < 0) {
          const broken = brokenCall(text, i);
          if (faults.length < maximumFaults) faults.push(broken?.fault ?? loneBacktick(text, i));
          i = broken?.end ?? i + 1;
        } else {
          calls ??= new Map();
          calls.set(i, end);
          i = end;
        }
      }
    } else if (code === openBracket) {
      open.push(i);
      i++;
    } else if (code === closeBracket) {
      const start = open.pop();
      if (start !== undefined) {
        brackets ??= new Map();
        brackets.set(start, i);
      } else if (faults.length < maximumFaults) faults.push(fault(i, i + 1, unopenedSubsearch));
      i++;
    } else i++;
  }
  for (const start of open) {
    if (faults.length < maximumFaults) faults.push(fault(start, start + 1, unclosedSubsearch));
    brackets ??= new Map();
    brackets.set(start, text.length);
  }
  return {
    strings,
    brackets: brackets ?? noEnds,
    calls: calls ?? noEnds,
    comments: comments ?? noEnds,
    faults: faults.length > 1 ? faults.sort((a, b) => a.span.start - b.span.start) : faults,
    unclosed: repair.unclosed === undefined ? noQuotes : new Set([repair.unclosed[0]]),
    loneQuotes: repair.lone === undefined ? noQuotes : new Set([repair.lone]),
    openString,
  };
}

function fault(start: number, end: number, message: string, help?: string): SpanDiagnostic {
  return { severity: 'error', code: 'syntax', message, span: { start, end }, ...(help ? { help } : {}) };
}

/** Returns the offset after the closing quote, or -1. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    stringMark.lastIndex = at;
    if (!stringMark.test(text)) return -1;
    at = stringMark.lastIndex;
    if (text.charCodeAt(at - 1) === quote) return at;
    at++;
  }
}

/** Returns the offset after a macro call that begins with the backtick at `start`, or -1. */
export function endOfCall(text: string, start: number): number {
  macroName.lastIndex = start + 1;
  if (!macroName.test(text)) return -1;
  let i = macroName.lastIndex;
  if (text.charCodeAt(i) === backtick) return i + 1;
  if (text[i] !== '(') return -1;
  // Arguments may hold anything but a parenthesis followed by the closing backtick, outside of quotes.
  for (i++; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === backslash) i++;
    else if (code === quote) {
      const end = endOfString(text, i);
      if (end < 0) return -1;
      i = end - 1;
    } else if (code === 41 /* ) */) {
      let after = i + 1;
      while (text[after] === ' ' || text[after] === '\n') after++;
      if (text.charCodeAt(after) === backtick) return after + 1;
    } else if (code === backtick) return -1;
  }
  return -1;
}

const unopenedCall = /`[ \t]*([\w.:-]+)[^`|()]*\)[ \t]*`/y;
const unendedCall = /`[ \t]*([\w.:-]+)\([^`|)]*`/y;

/** What is said of a call whose "(" is missing; the name of the macro is not known here. */
export const unopenedMessage = 'this macro call ends with ")" and has no "("';

/** A macro call between two backticks that lacks one of its brackets, and where it ends. */
function brokenCall(text: string, start: number): { fault: SpanDiagnostic; end: number } | undefined {
  unopenedCall.lastIndex = start;
  const unopened = unopenedCall.exec(text);
  if (unopened !== null) {
    const end = start + unopened[0].length;
    return { fault: fault(start, end, unopenedMessage), end };
  }
  unendedCall.lastIndex = start;
  const unended = unendedCall.exec(text);
  // With a quote too few it is the quote that is missing.
  if (unended === null || (unended[0].match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1) return undefined;
  const end = start + unended[0].length;
  return { fault: fault(end - 1, end, `expected ")" to close "${unended[1]}(", found "\`"`), end };
}

function loneBacktick(text: string, offset: number): SpanDiagnostic {
  const { start, end } = wordAround(text, offset);
  return fault(start, end, 'a macro call needs a backtick before its name and one after it');
}

/** The blank-delimited word around an offset, at most 100 characters either way. */
function wordAround(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && offset - start < 100 && !/[\s|]/.test(text[start - 1]!)) start--;
  let end = offset + 1;
  while (end < text.length && end - offset < 100 && !/[\s|]/.test(text[end]!)) end++;
  return { start, end };
}

/**
 * Finds the quote that has no partner, given that the number of quotes is odd: the first one that stands where its
 * role is impossible. A quote glued to the end of a word can't open a string; one that follows `=` and precedes a
 * word can't close one.
 */
function findBrokenQuote(
  text: string,
  strings: ReadonlyMap<number, number>,
  last: number,
): Repair & { readonly fault: SpanDiagnostic } {
  for (const [start, end] of strings) {
    if (!mayOpen(text, start)) {
      const begin = startOfValue(text, start);
      return {
        lone: start,
        fault: fault(begin, start + 1, loneMessage),
      };
    }
    if (start === last) break;
    const opensNext = end < text.length && /[\w*\\/%^({?$[\u0080-\uffff]/.test(text[end]!);
    if (opensNext && end - 2 > start && /[\s=(,<>!]/.test(text[end - 2]!))
      return unclosedString(text, start, end - 1);
  }
  return unclosedString(text, last, text.length);
}

/** Whether a quote may open a string, seen from the characters beside it. */
function mayOpen(text: string, quoteOffset: number): boolean {
  if (quoteOffset === 0) return true;
  const before = text[quoteOffset - 1]!;
  if (/[\s=(,[|<>!`]/.test(before)) return true;
  const after = text.slice(quoteOffset + 1, quoteOffset + 60);
  // Behind an operator it may, unless it looks like the end of a value: `successfully." |`.
  if (before === '*') return !/^(?:[\s|)\],]|$)/.test(after);
  // `a.", ".b` joins a comma to what stands before it.
  if (before === '.' && /^,?\s*"/.test(after)) return true;
  if (/[-+/%.]/.test(before))
    return !/^(?:\s*(?:[|)\],]|$)|\s+(?:AND|OR|NOT|by|as)\b|\s+[\w.{}:]+\s*!?=)/.test(after);
  return isWordCharacter(before.charCodeAt(0)) && (isWordCharacter(after.charCodeAt(0)) || after[0] === '\\');
}

const regexCommand = /^\|?\s*(?:rex|regex)\s+(?:\w+\s*=\s*[^\s"]+\s+)*/;
const expressionCommand = /^\|?\s*(?:eval|where|fieldformat|\w*stats|timechart|chart)\b/;
const expressionMark = /[(,]\s*|(?:[<>=.+]|\b(?:LIKE|AS|as|like))\s+|[\w.']=+\s*/g;

/** Where the value that ends with a lone quote begins: behind the operator, bracket or comma before it. */
function startOfValue(text: string, end: number): number {
  const pipe = text.lastIndexOf('|', end - 1);
  let lastQuote = text.lastIndexOf('"', end - 1);
  while (lastQuote > 0 && text.charCodeAt(lastQuote - 1) === backslash)
    lastQuote = text.lastIndexOf('"', lastQuote - 1);
  const from = Math.max(pipe, lastQuote) + 1;
  const before = text.slice(from, end);
  const command = text.slice(Math.max(0, pipe), end);
  const regex = lastQuote < pipe || pipe < 0 ? regexCommand.exec(command) : null;
  if (regex !== null) return Math.max(0, pipe) + regex[0].length;
  const lastEnd = (pattern: RegExp): number => {
    let last = 0;
    for (const match of before.matchAll(pattern)) last = match.index + match[0].length;
    return last;
  };
  const startsTstats = /^\|?\s*tstats\b/.test(command);
  if (expressionCommand.test(command) && !startsTstats) return from + lastEnd(expressionMark);
  // In search a bracket or comma may be part of the value, unless it stands in the list of IN.
  const operator = lastEnd(/(?:^|[\s(])[\w.{}:]+\s*(?:!=|[<>]=?|=+)\s*/g);
  const list = lastEnd(/\bIN\s*\(\s*/gi);
  if (list > operator) return from + Math.max(list, lastEnd(/,\s*/g));
  return from + (operator > 0 ? operator : (/^[\s,(]*/.exec(before)?.[0].length ?? 0));
}

const swallowed =
  /\s+(?:AND|OR|NOT|by|as|where|OUTPUT|OUTPUTNEW)\s|\s+\w[\w.]*\s*!?=\s*$|\s*[|\]]|\)*\s*,\s*$|\)+\s*(?:$|[|,])|\)+\s+\w|\s+[\w.{}]+\s*!?=/i;

/** Guesses where the string ends: before the operator, clause or bracket that it has swallowed. */
function unclosedString(
  text: string,
  start: number,
  limit: number,
): Repair & { readonly fault: SpanDiagnostic } {
  const rest = text.slice(start + 1, limit);
  // A regular expression may hold all of them: it ends before the next command.
  const isRegex = /\|\s*(?:rex|regex)\s[^|"]*$/.test(text.slice(Math.max(0, start - 200), start));
  const stop = isRegex ? /\s*\|\s*[a-z]\w*\s/.exec(rest) : swallowed.exec(rest);
  const end = start + 1 + (stop ? stop.index : rest.trimEnd().length);
  return {
    unclosed: [start, end],
    fault: fault(start, Math.max(end, start + 1), unclosedMessage, 'close it with a quote'),
  };
}
