// Search expressions: reading what the search command, the first step of a search and `where` of tstats are written in.
import type { Parser } from './parser.js';
import { decodeString } from './parser.js';
import type { FieldName, SearchExpression, SearchOperator, SearchValue } from './tree.js';

const termPattern = /(?:[^\s()|[\]"=<>!`\\]+|!(?!=)|<<\w+>>|\\\S|\\(?=\s|$))+/y;
// `|s$` ends a token with a filter, such as `$user|s$`; the pipe parser has made sure of it.
const valuePattern = /(?:[^\s()|[\]"`\\]+|\\\S|\\|\|[a-z]\$)+/y;
const listValuePattern = /(?:[^\s(),|[\]"`\\]+|\\[^\s,]|\\|\|[a-z]\$)+/y;
const operatorPattern = /!=|<=|>=|==|=|<(?!<)|>/y;
/** Words that are operators between conditions. */
const reserved = /^(?:AND|OR|NOT)$/;
const blank = /\s/;
const wordsBehindValue = ['BY', 'GROUPBY'] as const;
const wordsBehindString = ['BY', 'IN', 'GROUPBY'] as const;
const exclamation = 33;
const quote = 34;
const closingParenthesis = 41;
const directivePattern = /(?:CASE|TERM)\(/y;
/** A field that an aggregate has made, as in `avg(size)=5` (Splunk SPL for SQL users, HAVING). */
const aggregatePattern = /(?!(?:AND|OR|NOT|IN|CASE|TERM)\()[A-Za-z]\w*\([\w.*-]*\)(?=\s*(?:!=|[<>=]))/y;

/** Terms that bound the time of a search instead of testing a field. Search Reference, "Time modifiers". */
const timeModifiers: ReadonlySet<string> = new Set([
  'earliest',
  'latest',
  '_index_earliest',
  '_index_latest',
  'starttime',
  'endtime',
  'starttimeu',
  'endtimeu',
  'timeformat',
  'daysago',
  'hoursago',
  'minutesago',
  'monthsago',
  'startdaysago',
  'starthoursago',
  'startminutesago',
  'startmonthsago',
  'enddaysago',
  'endhoursago',
  'endminutesago',
  'endmonthsago',
  'searchtimespandays',
  'searchtimespanhours',
  'searchtimespanminutes',
  'searchtimespanmonths',
]);

/**
 * Reads a search expression up to the end of the command, a closing bracket, or one of the stop words: keywords in
 * capitals, options as `span=`.
 * NOT binds strongest, then OR, then AND, written or implied (Search Reference, "search").
 */
export function parseSearchExpression(parser: Parser, stops: readonly string[] = []): SearchExpression {
  parser.skip();
  const start = parser.position;
  if (stopsHere(parser, stops)) return { kind: 'everything', span: { start, end: start } };
  return parseAnd(parser, stops);
}

function stopsHere(parser: Parser, stops: readonly string[]): boolean {
  return (
    parser.atEnd() ||
    parser.text[parser.position] === ')' ||
    (stops.length > 0 && (parser.peekOneOf(stops) !== undefined || atStopOption(parser, stops)))
  );
}

function atStopOption(parser: Parser, stops: readonly string[]): boolean {
  const first = parser.text.charCodeAt(parser.position) | 0x20;
  for (let i = 0; i < stops.length; i++) {
    const stop = stops[i]!;
    // Most words do not even begin like it.
    if (first === stop.charCodeAt(0) && stop.endsWith('=') && `${parser.peekOption()}=` === stop) return true;
  }
  return false;
}

/** What may stand behind a boolean operator. */
const operatorEnd = /[\s()"[`]/;

/** Whether a word in capitals comes next, followed by a blank or bracket: boolean operators are case-sensitive here. */
function atOperator(parser: Parser, word: string): boolean {
  parser.skip();
  const { text, position } = parser;
  const end = position + word.length;
  if (end > parser.end || text.charCodeAt(position) !== word.charCodeAt(0)) return false;
  return text.startsWith(word, position) && (end === parser.end || operatorEnd.test(text[end]!));
}

function takeOperator(parser: Parser, word: string): boolean {
  if (!atOperator(parser, word)) return false;
  parser.position += word.length;
  return true;
}

function parseAnd(parser: Parser, stops: readonly string[]): SearchExpression {
  const operands = [parseOr(parser, stops)];
  let implicit = true;
  while (!stopsHere(parser, stops)) {
    if (takeOperator(parser, 'AND')) {
      implicit = false;
      if (stopsHere(parser, stops)) parser.fail(`expected a condition after "AND", found ${parser.found()}`);
    }
    operands.push(parseOr(parser, stops));
  }
  const first = operands[0]!;
  if (operands.length === 1) return first;
  return { kind: 'and', operands, implicit, span: parser.spanFrom(first.span.start) };
}

function parseOr(parser: Parser, stops: readonly string[]): SearchExpression {
  const operands = [parseNot(parser, stops)];
  while (takeOperator(parser, 'OR')) {
    if (stopsHere(parser, stops)) parser.fail(`expected a condition after "OR", found ${parser.found()}`);
    operands.push(parseNot(parser, stops));
  }
  const first = operands[0]!;
  if (operands.length === 1) return first;
  return { kind: 'or', operands, span: parser.spanFrom(first.span.start) };
}

function parseNot(parser: Parser, stops: readonly string[]): SearchExpression {
  parser.skip();
  const start = parser.position;
  if (!takeOperator(parser, 'NOT')) return parsePrimary(parser, stops);
  if (stopsHere(parser, stops)) parser.fail(`expected a condition after "NOT", found ${parser.found()}`);
  const operand = parser.nested(() => parseNot(parser, stops));
  return { kind: 'not', operand, span: parser.spanFrom(start) };
}

/** A field and `=` or `!=` glued to it. */
const plainField = /[A-Za-z_][\w.{}]*!?=(?!=)/y;

/**
 * Takes a field compared with a text, both words or strings and nothing glued to them, as nearly all conditions are. It
 * does without looking for all else that may stand here.
 */
function plainComparison(parser: Parser, stops: readonly string[]): SearchExpression | undefined {
  const { text, position: start, end } = parser;
  plainField.lastIndex = start;
  if (!plainField.test(text)) return undefined;
  const from = plainField.lastIndex;
  if (from >= end) return undefined;
  const isNegated = text.charCodeAt(from - 2) === exclamation;
  const isQuoted = text.charCodeAt(from) === quote;
  let after: number | undefined;
  if (isQuoted) after = parser.structure.unclosed.size > 0 ? undefined : parser.structure.strings.get(from);
  else {
    valuePattern.lastIndex = from;
    if (valuePattern.test(text)) after = valuePattern.lastIndex;
  }
  if (after === undefined || after > end) return undefined;
  if (after < end && text.charCodeAt(after) !== closingParenthesis && !isBlank(text, after)) return undefined;
  const written = isQuoted ? text.slice(from + 1, after - 1) : text.slice(from, after);
  if (!isQuoted && (reserved.test(written) || mayStop(written, stops))) return undefined;
  const nameEnd = isNegated ? from - 2 : from - 1;
  const name = text.slice(start, nameEnd);
  if (!isNegated && timeModifiers.has(name.toLowerCase())) return undefined;
  parser.position = after;
  return {
    kind: 'comparison',
    field: { name, quoted: false, span: { start, end: nameEnd } },
    operator: isNegated ? '!=' : '=',
    value: {
      text: isQuoted ? decodeString(written) : decodeWord(written),
      quoted: isQuoted,
      span: { start: from, end: after },
    },
    span: { start, end: after },
  };
}

/** Whether a word is a stop word, or may begin with an option that is one. */
function mayStop(word: string, stops: readonly string[]): boolean {
  return stops.length > 0 && (word.includes('=') || stops.includes(word.toUpperCase()));
}

function parsePrimary(parser: Parser, stops: readonly string[]): SearchExpression {
  parser.skip();
  const plain = plainComparison(parser, stops);
  if (plain !== undefined) return plain;
  const start = parser.position;
  const { text } = parser;
  switch (text[start]) {
    case '(': {
      parser.position++;
      // A stop word can't stand in brackets either: one of them was not closed.
      const inner = parser.nested(() => parseSearchExpression(parser, stops));
      if (!parser.accept(')')) parser.fail(`expected ")" to close "(", found ${parser.found()}`);
      if (inner.kind === 'everything') return { kind: 'everything', span: parser.spanFrom(start) };
      return inner;
    }
    case '[':
      if (parser.atSubsearch()) {
        const pipeline = parser.subsearch();
        return { kind: 'subsearch', pipeline, span: parser.spanFrom(start) };
      }
      break;
    case '`':
      if (parser.atMacro()) return parser.macro();
      break;
    case '"':
      if (parser.atString()) {
        const value = parser.string();
        if (comparisonFollows(parser))
          return parseComparison(parser, { name: value, quoted: true, span: parser.spanFrom(start) }, stops);
        checkGap(parser);
        return term({ text: value, quoted: true, span: parser.spanFrom(start) });
      }
      break;
  }
  const directive = parseDirective(parser);
  if (directive !== undefined) return term(directive);
  if (atOperator(parser, 'AND') || atOperator(parser, 'OR'))
    parser.fail(`expected a condition before ${parser.found()}`);
  let word = takeWord(parser, termPattern);
  if (word !== undefined && parser.position < parser.end && text[parser.position] === '(') {
    const after = parser.position;
    parser.position = start;
    const call = parser.take(aggregatePattern);
    if (call === undefined) parser.position = after;
    else word = call;
  }
  if (word === undefined) parser.fail(`expected a condition, found ${parser.found()}`);
  // Search Reference, search: `field::value` compares an indexed field
  const indexed = word.includes('::') ? indexedPattern.exec(word) : null;
  if (indexed !== null && (indexed[2] !== '' || parser.atStringHere())) {
    const field: FieldName = { name: indexed[1]!, quoted: false, span: parser.spanFrom(start) };
    const quoted = indexed[2] === '';
    const value = quoted ? parser.string() : decodeWord(indexed[2]!);
    const span = parser.spanFrom(start);
    return { kind: 'comparison', field, operator: '=', value: { text: value, quoted, span }, span };
  }
  if (text[parser.position] === '"' && parser.structure.strings.has(parser.position))
    parser.fail(`expected a blank or an operator between "${word}" and the string after it`);
  const span = parser.spanFrom(start);
  const name: FieldName = { name: word, quoted: false, span };
  if (comparisonFollows(parser)) return parseComparison(parser, name, stops);
  return term({ text: decodeWord(word), quoted: false, span });
}

function term(value: SearchValue): SearchExpression {
  return { kind: 'term', value, span: value.span };
}

/** `field::value`. */
const indexedPattern = /^([A-Za-z_][\w.]*)::(.*)$/;

/** Takes a bare word, macro calls inside it included. */
function takeWord(parser: Parser, pattern: RegExp): string | undefined {
  const start = parser.position;
  for (;;) {
    parser.passes(pattern);
    const here = parser.position;
    if (here >= parser.end) break;
    if (parser.text.charCodeAt(here) === quote && parser.structure.loneQuotes.has(here)) parser.position++;
    else if (here > start && parser.atMacroHere()) parser.macro();
    else break;
  }
  return parser.position > start ? parser.text.slice(start, parser.position) : undefined;
}

/** Whether a comparison operator or IN comes next, so that the word before it was a field. */
function comparisonFollows(parser: Parser): boolean {
  const before = parser.position;
  if (parser.atEnd()) {
    parser.position = before;
    return false;
  }
  let found = parser.passes(operatorPattern);
  if (!found) {
    parser.takesKeyword('NOT');
    const from = parser.position;
    if (parser.takesKeyword('IN')) {
      // The operator is written in capitals; `in` is a word to search for. Search Reference, search, "Using the IN operator".
      const isOperator = parser.text.startsWith('IN', from);
      found = parser.peek() === '(' || (isOperator && !parser.atEnd());
    }
  }
  parser.position = before;
  return found;
}

function parseComparison(parser: Parser, field: FieldName, stops: readonly string[]): SearchExpression {
  const { start } = field.span;
  parser.skip();
  const written = parser.take(operatorPattern);
  if (written === undefined) {
    const not = parser.takesKeyword('NOT');
    parser.takesKeyword('IN');
    const values = parseValues(parser);
    const node: SearchExpression = { kind: 'in', field, values, span: parser.spanFrom(start) };
    return not ? { kind: 'not', operand: node, span: node.span } : node;
  }
  const operator = (written === '==' ? '=' : written) as SearchOperator;
  if (stopsHere(parser, stops) || atOperator(parser, 'AND') || atOperator(parser, 'OR'))
    parser.fail(`expected a value after "${field.name}${written}", found ${parser.found()}`);
  const value = parseValue(parser, valuePattern, field.name + written);
  const span = parser.spanFrom(start);
  // the page of time modifiers also writes latest<@d and earliest>=@d+1h
  if (operator !== '!=' && !field.quoted && timeModifiers.has(field.name.toLowerCase()))
    return { kind: 'time', modifier: field.name.toLowerCase(), value, span };
  return { kind: 'comparison', field, operator, value, span };
}

function parseValues(parser: Parser): SearchValue[] {
  parser.expect('(', ' after "IN"');
  const values: SearchValue[] = [];
  for (;;) {
    while (parser.accept(',')) {
      // Splunk is patient with a comma too many here.
    }
    if (parser.accept(')')) break;
    if (parser.atEnd()) parser.fail(`expected ")" to close "IN (", found ${parser.found()}`);
    const start = parser.position;
    if (parser.peek() === '(') parser.fail(`expected a value or ")" in the list of "IN", found "("`);
    const value = parseValue(parser, listValuePattern, 'IN (');
    values.push(value);
    parser.skip();
    const next = parser.text[parser.position];
    // A field and an operator inside the list: the closing bracket was forgotten.
    if (
      !value.quoted &&
      parser.position < parser.end &&
      reserved.test(value.text) &&
      next !== ',' &&
      next !== ')'
    )
      parser.fail(`expected ")" to close "IN (", found "${value.text}"`, {
        start,
        end: start + value.text.length,
      });
  }
  if (values.length === 0) parser.fail('the list of "IN" is empty', parser.spanFrom(parser.position - 1));
  return values;
}

/** What a word without quotes stands for: `\|` sends a pipe too (Search Reference, search, escaping characters). */
function decodeWord(word: string): string {
  return word.includes('\\') ? word.replace(/\\(["\\|])/g, '$1') : word;
}

function parseDirective(parser: Parser): SearchValue | undefined {
  const start = parser.position;
  if (!parser.passes(directivePattern)) return undefined;
  const directive = parser.text.slice(start, start + 4) as 'CASE' | 'TERM';
  if (parser.atString()) {
    const value = parser.string();
    parser.expect(')', ` to close "${directive}("`);
    return { text: value, quoted: true, directive, span: parser.spanFrom(start) };
  }
  const close = parser.closingParenthesis(parser.position - 1);
  if (close < 0) parser.fail(`expected ")" to close "${directive}(", found ${parser.found()}`);
  const value = parser.text.slice(parser.position, close).trim();
  parser.position = close + 1;
  return { text: decodeWord(value), quoted: false, directive, span: parser.spanFrom(start) };
}

function parseValue(parser: Parser, pattern: RegExp, before: string): SearchValue {
  parser.skip();
  const start = parser.position;
  if (parser.atSubsearch()) {
    const subsearch = parser.subsearch();
    return { text: '', quoted: false, subsearch, span: parser.spanFrom(start) };
  }
  const directive = parseDirective(parser);
  if (directive !== undefined) return directive;
  let text = '';
  let quoted = false;
  // Strings and words glued together are one value: WinEventLog:"Security", ""*a*"".
  for (;;) {
    const here = parser.position;
    if (parser.atStringHere()) {
      text += parser.string();
      quoted = true;
    } else if (parser.atMacroHere()) {
      parser.macro();
      text += parser.text.slice(here, parser.position);
    } else {
      if (here > start && isBlank(parser.text, here)) break;
      if (quoted && startsComparison(parser)) break;
      const word = takeWord(parser, pattern);
      if (word === undefined) break;
      text += decodeWord(word);
    }
  }
  if (parser.position === start) parser.fail(`expected a value after "${before}", found ${parser.found()}`);
  return { text, quoted, span: parser.spanFrom(start) };
}

/** Whether a blank stands at an offset, or nothing any more. */
function isBlank(text: string, offset: number): boolean {
  return offset >= text.length || text.charCodeAt(offset) === 32 || blank.test(text[offset]!);
}

/** Whether what is glued to the end of a string is the next condition instead of more of the value. */
function startsComparison(parser: Parser): boolean {
  const before = parser.position;
  // Asked first: looking for an operator moves past blanks, and what stands after a blank is not glued on.
  if (before >= parser.end || isBlank(parser.text, before)) return true;
  if (atOperator(parser, 'AND') || atOperator(parser, 'OR') || atOperator(parser, 'NOT')) return true;
  if (parser.peekOneOf(wordsBehindValue) !== undefined) return true;
  const found = parser.passes(termPattern) && comparisonFollows(parser);
  parser.position = before;
  return found;
}

/** What may stand behind a string. */
const stringEnd = /[\s)|\],([`=<>!]/;

/** Fails when a word is glued to the end of a string: a quote is missing or too many. */
function checkGap(parser: Parser): void {
  const here = parser.position;
  // A look at what comes next may have moved past blanks.
  if (here > 0 && isBlank(parser.text, here - 1)) return;
  if (here >= parser.end || stringEnd.test(parser.text[here]!) || parser.atStringHere()) return;
  if (atOperator(parser, 'AND') || atOperator(parser, 'OR') || atOperator(parser, 'NOT')) return;
  if (parser.peekOneOf(wordsBehindString) !== undefined) return;
  parser.fail(`expected a blank or an operator after the string, found ${parser.found()}`);
}
