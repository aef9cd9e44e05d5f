// Where a round bracket is missing: it is put in at every place where it could stand, and the places are judged by
// whether the command can then be read and by how natural that reading is.

import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { checkCalls } from './check-calls.js';
import type { CommandSyntax } from './language.js';
import { type Parser, SyntaxFault } from './parser.js';
import { type Command, type Expression, type Pipeline, type SearchExpression, syntaxOf } from './tree.js';
import { walkPipeline } from './walk.js';

/** A command that is longer, or has more places to try, is reported as it was read. */
const maximumLength = 4000;
const maximumPlaces = 160;

/** Brackets by where they stand in the text of a command, outside of strings, comments, calls and subsearches. */
interface Brackets {
  readonly opening: readonly number[];
  /** Openings minus closings. */
  readonly balance: number;
}

/**
 * Finds the place of the one round bracket that the arguments of a command lack.
 *
 * @param start of the arguments; they end at the parser's end
 * @param fault what the command's grammar said
 * @returns a fault at that place; undefined when brackets are even, or no place makes the command readable
 */
export function missingBracketFault(
  parser: Parser,
  syntax: CommandSyntax,
  start: number,
  fault: SpanDiagnostic,
): SpanDiagnostic | undefined {
  const { text, end } = parser;
  if (end - start > maximumLength) return undefined;
  const brackets = findBrackets(parser, start, end);
  if (brackets.balance !== 1 && brackets.balance !== -1) return undefined;
  const closing = brackets.balance === 1;
  const isSearch = isSearchCommand(syntax);
  const places = closing
    ? closingPlaces(parser, start, brackets, isSearch)
    : openingPlaces(parser, start, isSearch, syntax.name === 'search');
  const written = places.filter(({ at }) => parser.isWritten(at) || (at > start && parser.isWritten(at - 1)));
  const tried = written.slice(0, Math.min(maximumPlaces, Math.floor(parser.trials / (end - start + 1))));
  let best: { readonly at: number; readonly cost: number } | undefined;
  for (const { at, cost } of tried) {
    if (best !== undefined && cost > best.cost) continue;
    const bracket = closing ? ')' : '(';
    const changed = text.slice(start, at) + bracket + text.slice(at, end);
    parser.trials -= changed.length;
    const awkward = read(parser, syntax, changed);
    if (awkward === undefined) continue;
    const needless = isSearch ? 0 : 1.2 * needlessGroups(changed);
    const total = cost + awkward + needless + groupCost(changed, at - start, closing, isSearch);
    if (best === undefined || total < best.cost) best = { at, cost: total };
  }
  return best === undefined ? undefined : faultAt(parser, start, best.at, closing, fault);
}

function faultAt(
  parser: Parser,
  start: number,
  at: number,
  closing: boolean,
  fault: SpanDiagnostic,
): SpanDiagnostic {
  const { text } = parser;
  const span = { start: at, end: Math.min(at + 1, text.length) };
  if (!closing) {
    const name = /[\w.]+$/.exec(text.slice(start, at))?.[0];
    const message = name === undefined ? 'a "(" is missing here' : `expected "(" after "${name}"`;
    return { ...fault, message, span, help: 'the ")" behind it closes nothing else' };
  }
  const open = openBefore(parser, start, at);
  const before = /(?:\bIN\s*|[\w.]+)$/i.exec(text.slice(start, open))?.[0].trimEnd() ?? '';
  const name = /^(?:AND|OR|NOT|XOR|WHERE)$/i.test(before)
    ? ''
    : before.toUpperCase() === 'IN'
      ? `${before} `
      : before;
  const next = /^\s*(\S{1,20})/.exec(text.slice(at, parser.end))?.[1];
  const found = next === undefined ? 'the end of the command' : `"${next}"`;
  return { ...fault, message: `expected ")" to close "${name}(", found ${found}`, span };
}

/** The bracket that one put in at `at` would close. */
function openBefore(parser: Parser, start: number, at: number): number {
  const open: number[] = [];
  for (const { offset, character } of characters(parser, start, at)) {
    if (character === '(') open.push(offset);
    else if (character === ')') open.pop();
  }
  return open.at(-1) ?? start;
}

/** What the command's arguments cost when read, by how unusual they are; undefined when they can't be read. */
function read(parser: Parser, syntax: CommandSyntax, text: string): number | undefined {
  const trial = parser.fork(text);
  trial.command = syntax.name;
  try {
    const args = syntax.grammar.parse(trial);
    trial.expectEnd();
    if (trial.diagnostics.length > 0) return undefined;
    return judge(trial, syntax, args);
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return undefined;
  }
}

function judge(trial: Parser, syntax: CommandSyntax, args: unknown): number | undefined {
  const span = { start: 0, end: trial.text.length };
  const command: Command = {
    kind: 'command',
    name: syntax.name,
    nameSpan: span,
    arguments: args,
    span,
    [syntaxOf]: syntax,
  };
  const tree: Pipeline = { kind: 'pipeline', leadingPipe: true, commands: [command], span };
  let faults = 0;
  checkCalls(tree, trial.language, ({ severity }) => {
    if (severity === 'error') faults++;
  });
  if (faults > 0) return undefined;
  let cost = 0;
  walkPipeline(tree, {
    expression(expression) {
      cost += awkwardness(expression, trial);
    },
    search(expression) {
      cost += awkwardCondition(expression, trial.text);
    },
  });
  return cost;
}

/** Commands whose conditions are search expressions, in which a blank joins and `*` and `-` are letters. */
function isSearchCommand({ name }: CommandSyntax): boolean {
  return name === 'search' || name === 'tstats' || name === 'mstats' || name === 'metasearch';
}

function awkwardCondition(expression: SearchExpression, text: string): number {
  if (expression.kind === 'term') {
    const { value } = expression;
    if (value.directive !== undefined) return /[\s(]/.test(value.text) ? 2 : 0;
    if (value.quoted) return 0;
    return /^(?:,|IN$)|,$/.test(value.text) ? 5 : 0.3;
  }
  if (expression.kind !== 'in') return 0;
  let cost = 0;
  let commas = 0;
  for (const [index, { span }] of expression.values.entries()) {
    // Values that hold an operator were meant as conditions of their own.
    const written = text.slice(span.start, span.end);
    if (/^[^"]*[=<>]|^(?:by|groupby|where|as|and|or|not)$/i.test(written)) cost += 4;
    const before = expression.values[index - 1];
    if (before !== undefined && text.slice(before.span.end, span.start).includes(',')) commas++;
  }
  return commas > 0 && commas < expression.values.length - 1 ? cost + 3 : cost;
}

/** Functions that take conditions, so that one in their arguments says nothing. */
const takesConditions: ReadonlySet<string> = new Set([
  'if',
  'case',
  'validate',
  'not',
  'eval',
  'mvfilter',
  'mvmap',
  'nullif',
  'tostring',
]);

function isCondition(expression: Expression): boolean {
  if (expression.kind === 'in') return true;
  if (expression.kind === 'unary') return expression.operator === 'NOT';
  return expression.kind === 'binary' && /^(?:[=<>!]=?|==|AND|OR|XOR|LIKE)$/.test(expression.operator);
}

function awkwardness(expression: Expression, { language }: Parser): number {
  if (expression.kind === 'call') {
    const name = expression.name.toLowerCase();
    if (takesConditions.has(name))
      return name === 'if' && !canBeTrue(expression.arguments[0], language) ? 2 : 0;
    return expression.arguments.some(isCondition) ? 4 : 0;
  }
  if (expression.kind === 'in') return expression.values.some(isCondition) ? 4 : 0;
  if (expression.kind !== 'binary') return 0;
  const { operator, left, right } = expression;
  if ((operator === '+' || operator === '-') && left.kind === 'number' && left.value === 0) return 0.3;
  if (operator === 'AND' || operator === 'OR' || operator === 'XOR')
    return (canBeTrue(left, language) ? 0 : 3) + (canBeTrue(right, language) ? 0 : 3);
  return isCondition(left) || isCondition(right) ? 4 : 0;
}

/** Whether an expression may be true or false. */
function canBeTrue(expression: Expression | undefined, language: Parser['language']): boolean {
  if (expression === undefined) return false;
  if (expression.kind === 'number' || expression.kind === 'string') return false;
  if (expression.kind === 'call') {
    const returns = language.functions.get(expression.name.toLowerCase())?.returns ?? 'any';
    return returns === 'boolean' || returns === 'any';
  }
  return expression.kind !== 'binary' && expression.kind !== 'unary' ? true : isCondition(expression);
}

/** The characters of arguments that are outside of strings, comments, calls and subsearches. */
function* characters(
  { text, structure }: Pick<Parser, 'text' | 'structure'>,
  start: number,
  end: number,
): Iterable<{ readonly offset: number; readonly character: string }> {
  for (let i = start; i < end; i++) {
    const character = text[i]!;
    const skipTo =
      character === '"'
        ? structure.strings.get(i)
        : character === '`'
          ? (structure.comments.get(i) ?? structure.calls.get(i))
          : character === '['
            ? structure.brackets.get(i)
            : undefined;
    if (skipTo !== undefined && skipTo > i) {
      yield { offset: i, character: 'x' };
      i = skipTo - (character === '[' ? 0 : 1);
    } else if (character === '\\') i++;
    else yield { offset: i, character };
  }
}

function findBrackets(parser: Parser, start: number, end: number): Brackets {
  const opening: number[] = [];
  let balance = 0;
  for (const { offset, character } of characters(parser, start, end)) {
    if (character === '(') {
      opening.push(offset);
      balance++;
    } else if (character === ')') balance--;
  }
  return { opening, balance };
}

interface Place {
  readonly at: number;
  readonly cost: number;
}

/** Behind every word, string or bracket that stands inside of brackets. */
function closingPlaces(parser: Parser, start: number, { opening }: Brackets, isSearch: boolean): Place[] {
  const places: Place[] = [];
  const first = opening[0] ?? Number.POSITIVE_INFINITY;
  const boundary = isSearch ? /[\s,()]/ : /[\s,()+\-*/%=<>!.]/;
  let previous: { readonly offset: number; readonly character: string } | undefined;
  const add = (at: number): void => {
    // A bracket before another is the same as one behind it.
    if (at > first + 1 && parser.text[at] !== ')') places.push({ at, cost: 0 });
  };
  for (const current of characters(parser, start, parser.end)) {
    if (previous !== undefined && boundary.test(current.character) && isEndOfPart(previous.character))
      add(endOf(parser, previous.offset));
    else if (previous !== undefined && parser.text[previous.offset] === '"')
      add(endOf(parser, previous.offset));
    previous = current;
  }
  if (previous !== undefined && isEndOfPart(previous.character)) add(endOf(parser, previous.offset));
  // Behind the bracket of a function that takes nothing.
  for (const open of opening) {
    const name = /\w+$/.exec(parser.text.slice(Math.max(start, open - 20), open))?.[0].toLowerCase() ?? '';
    const takesNothing = parser.language.functions.get(name)?.parameters.max === 0;
    if (takesNothing && parser.text[open + 1] !== ')') places.push({ at: open + 1, cost: 0 });
  }
  return places;
}

function isEndOfPart(character: string): boolean {
  return !/[\s,(=<>!+]/.test(character);
}

function endOf({ text, structure }: Parser, offset: number): number {
  const character = text[offset];
  if (character === '"') return structure.strings.get(offset) ?? offset + 1;
  if (character === '`') return structure.comments.get(offset) ?? structure.calls.get(offset) ?? offset + 1;
  if (character === '[') return (structure.brackets.get(offset) ?? offset) + 1;
  return offset + 1;
}

/** Before every word, string or bracket, and inside of words behind the name of a function. */
function openingPlaces(parser: Parser, start: number, isSearch: boolean, isPlain: boolean): Place[] {
  const places: Place[] = [];
  const { text, end, language } = parser;
  const isName = (name: string, isWhole: boolean): boolean => {
    if (isWhole && name === 'in') return true;
    if (isPlain) return name === 'term' || name === 'case';
    if (name === 'eval' || (!isSearch && language.functions.has(name))) return true;
    return language.aggregates.has(name) || percentile.test(name);
  };
  const names = (word: string, offset: number): void => {
    const lower = word.toLowerCase();
    // What stands elsewhere too is a name, and no function run into its argument; that may stand elsewhere.
    const isWord = standsBefore(word, text, offset);
    for (let length = lower.length; length > 1; length--) {
      if (!isName(lower.slice(0, length), length === lower.length) || text[offset + length] === '(') continue;
      const isSplit = length < lower.length && !standsBefore(word.slice(length), text, offset);
      const cost = length === lower.length ? 0.5 : isWord ? 1.6 : isSplit ? 0.4 : 0.2;
      places.push({ at: offset + length, cost });
    }
  };
  const boundary = isSearch ? /[\s,(]/ : /[\s,(=<>!+\-*/%]/;
  let last = ' ';
  for (const { offset, character } of characters(parser, start, end)) {
    if (character === '(') places.push({ at: offset, cost: 1.5 });
    else if (/[\w"'*$<]/.test(character) && boundary.test(last)) {
      const word = /^[A-Za-z_]\w*/.exec(text.slice(offset, Math.min(end, offset + 100)))?.[0];
      const before = text.slice(Math.max(start, offset - 10), offset);
      if (!/\bas\s*$/i.test(before)) {
        // A bracket behind another is the same as one before it.
        if (last !== '(') places.push({ at: offset, cost: /\bwhere\s*$/i.test(before) ? 0.85 : 1 });
        if (word !== undefined) names(word, offset);
      }
    }
    last = character;
  }
  return places.sort((a, b) => a.cost - b.cost);
}

/** Aggregates with a number in their names. */
const percentile = /^(?:p|perc|exactperc|upperperc)\d+$/;

/** Whether a text holds a word before an offset. */
function standsBefore(word: string, text: string, offset: number): boolean {
  for (let at = text.indexOf(word); at >= 0 && at < offset; at = text.indexOf(word, at + 1))
    if (!/\w/.test(text[at - 1] ?? ' ') && !/\w/.test(text[at + word.length] ?? ' ')) return true;
  return false;
}

/**
 * How unusual the group is that begins or ends at a bracket put in. A natural one holds operators of one kind, and
 * others stand beside it. Of groups otherwise alike a bracket put in at the front makes the shorter one, one put in at
 * the end the longer.
 */
function groupCost(text: string, at: number, closing: boolean, isSearch: boolean): number {
  const partner = partnerOf(text, at, closing);
  if (partner === undefined) return 0;
  const [open, close] = closing ? [partner, at] : [at, partner];
  const length = Math.min(0.1, (close - open) / 20_000);
  const tie = closing ? 0.1 - length : length;
  const before = flatten(text.slice(enclosing(text, open), open));
  if (/(?:\bIN\s*|\w)$/i.test(before) && !/\b(?:AND|OR|NOT|XOR|WHERE)$/i.test(before)) return tie;
  const inner = operatorsOf(flatten(text.slice(open + 1, close)).trim(), isSearch);
  const left = operatorsOf(`${before.trimEnd()} x`, isSearch).at(-1);
  const right = operatorsOf(`x ${flatten(text.slice(close + 1)).trimStart()}`, isSearch)[0];
  const isNegated = /\bNOT\s*$/i.test(before);
  if (!isSearch && inner.length === 0 && !isNegated)
    return tie + sumCost(flatten(text.slice(open + 1, close)));
  return tie + unusual(new Set(inner), new Set([left, right]), isNegated, closing);
}

/** Brackets are written around sums; products need none. */
function sumCost(flat: string): number {
  const hasSum = /[\w)'"]\s*[-+]/.test(flat);
  const hasProduct = /[*/%]/.test(flat);
  return hasSum ? (hasProduct ? 0.35 : 0.2) : hasProduct ? 0.6 : 1;
}

/** How many groups of an expression are all there is of an argument or a value: their brackets change nothing. */
function needlessGroups(text: string): number {
  let count = 0;
  for (const { index } of text.matchAll(/(?:^|[=,(])\s*\(/g)) {
    const open = text.indexOf('(', index + (text[index] === '(' ? 1 : 0));
    const close = partnerOf(text, open, false);
    if (close !== undefined && /^\s*(?:[,)]|$)/.test(text.slice(close + 1))) count++;
  }
  return count;
}

function unusual(
  inner: ReadonlySet<string>,
  beside: ReadonlySet<string | undefined>,
  isNegated: boolean,
  closing: boolean,
): number {
  if (inner.has('OR') && inner.size > 1) return 2;
  if (inner.has('OR')) return beside.has('OR') ? 1.5 : 0;
  if (inner.size === 0) {
    if (isNegated) return 0;
    return closing ? 0.35 : 0.2;
  }
  if (beside.has('OR')) return 0;
  for (const operator of inner) if (beside.has(operator)) return 0.3;
  return beside.has('AND') || beside.has('and') ? 0 : 0.25;
}

const conditionWord = /(?<![\w.])(AND|OR|BY|WHERE|GROUPBY)(?![\w.])|,|\|/i;

/** The operators that join conditions, in order; \`and\` is one that is not written. */
function operatorsOf(flat: string, isSearch: boolean): string[] {
  const operators: string[] = [];
  const joined = flat.replace(/\s*([=!<>]+)\s*/g, '$1').replace(/\b(?:NOT|not)\b\s*/g, '');
  for (const part of joined.split(/\s+/)) {
    if (part === '') continue;
    const word = conditionWord.exec(part)?.[0].toUpperCase();
    const previous = operators.at(-1);
    if (word === 'AND' || word === 'OR') {
      if (previous === 'and') operators.pop();
      operators.push(word);
    } else if (word !== undefined || /^IN$/i.test(part)) operators.push(word === undefined ? 'IN' : 'end');
    else operators.push('x');
  }
  const found: string[] = [];
  for (const [index, item] of operators.entries()) {
    if (item === 'AND' || item === 'OR') found.push(item);
    else if (item === 'end') found.push('end');
    else if (isSearch && item === 'x' && operators[index - 1] === 'x') found.push('and');
  }
  return found.filter((operator, index) => operator !== 'end' || index === 0 || index === found.length - 1);
}

/** A text with everything in brackets and quotes left out. */
function flatten(text: string): string {
  let depth = 0;
  let flat = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '\\') i++;
    else if (character === '"') {
      quoted = !quoted;
      if (depth === 0 && !quoted) flat += 'x';
    } else if (quoted) continue;
    else if (character === '(') {
      // In `a IN (…)` the list is no condition of its own.
      if (depth === 0) flat += /\bIN\s*$/i.test(flat) ? ' x' : 'x';
      depth++;
    } else if (character === ')') {
      depth--;
      if (depth < 0) return flat;
    } else if (depth === 0) flat += character;
  }
  return flat;
}

function partnerOf(text: string, at: number, closing: boolean): number | undefined {
  let quoted = false;
  const stack: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i++;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') stack.push(i);
    else if (character === ')') {
      const open = stack.pop();
      if (closing ? i === at : open === at) return closing ? open : i;
    }
  }
  return undefined;
}

/** Behind the bracket around an offset, or 0. */
function enclosing(text: string, offset: number): number {
  let depth = 0;
  for (let i = offset - 1; i >= 0; i--) {
    if (text[i] === ')') depth++;
    else if (text[i] === '(') {
      if (depth === 0) return i + 1;
      depth--;
    }
  }
  return 0;
}
