// Aggregates of stats, chart, tstats and their relatives: reading, printing and naming their output.
import { parseExpression } from './expression.js';
import { printField, takeField } from './grammar-parts.js';
import { readSpan } from './grammar-values.js';
import type { Parser } from './parser.js';
import { printMacro } from './printer.js';
import type { Aggregation, Expression, FieldName } from './tree.js';

const namePattern = /[A-Za-z_]\w*(?:\.\d+)?/y;
const percentilePattern = /^([a-z]+?)(\d+(?:\.\d+)?)$/;
const argumentWord = /[^\s,()|[\]"`]+/y;
const singleQuoted = /'[^'"|\n]*'/y;
const prefixText = /[^()|"\s]+/y;

/** Reads one aggregate with its AS, or returns undefined when none comes next. */
export function parseAggregation(parser: Parser): Aggregation | undefined {
  parser.skip();
  const start = parser.position;
  if (parser.atMacro()) {
    const macro = parser.macro();
    return { function: '', functionSpan: macro.span, written: '', macro, span: macro.span };
  }
  const bare = parseCall(parser);
  if (bare === undefined) return undefined;
  if (!parser.takesKeyword('AS')) return overEveryField(parser, bare);
  const name = takeField(parser);
  if (name === undefined) parser.fail(`expected a field after "AS", found ${parser.found()}`);
  return { ...bare, as: unquoted(name), span: parser.spanFrom(start) };
}

/** `stats avg` is `stats avg(*)` (Search Reference, stats, "Statistical functions that are not applied to specific fields"). */
function overEveryField(parser: Parser, bare: Aggregation): Aggregation {
  if (bare.span.end !== bare.functionSpan.end || bare.sparkline !== undefined) return bare;
  if (parser.language.aggregates.get(bare.function)?.argument !== 'required') return bare;
  return { ...bare, argument: { name: '*', quoted: false, span: bare.span } };
}

/** A name without the single quotes around it (Aggregate functions, `sum(visitors) as 'visitors total'`). */
function unquoted(field: FieldName): FieldName {
  const match = field.quoted ? null : /^'([^']+)'$/.exec(field.name);
  return match === null ? field : { ...field, name: match[1]!, quoted: true };
}

type Writable<T> = { -readonly [P in keyof T]: T[P] };

const plainCall = /[A-Za-z_]\w*\([A-Za-z_][\w.]*\)/y;

/** Takes an aggregate over a field that is one word, as nearly all are. */
function takePlainCall(parser: Parser): Writable<Aggregation> | undefined {
  const { position: start, text } = parser;
  if (!parser.passes(plainCall)) return undefined;
  const end = parser.position;
  const open = text.indexOf('(', start);
  const written = text.slice(start, open);
  const { function: name, parameter } = canonicalName(parser, written);
  if (name === 'eval' || name === 'sparkline') {
    parser.position = start;
    return undefined;
  }
  const call: Writable<Aggregation> = {
    function: name,
    functionSpan: { start, end: open },
    written,
    span: { start, end },
  };
  if (parameter !== undefined) call.parameter = parameter;
  call.argument = {
    name: text.slice(open + 1, end - 1),
    quoted: false,
    span: { start: open + 1, end: end - 1 },
  };
  return call;
}

function parseCall(parser: Parser): Aggregation | undefined {
  const plain = takePlainCall(parser);
  if (plain !== undefined) return plain;
  const start = parser.position;
  const written = parser.take(namePattern);
  if (written === undefined) return undefined;
  const functionSpan = parser.spanFrom(start);
  // Written out field by field: spreading costs more than all else here, and aggregates are everywhere.
  const { function: name, parameter } = canonicalName(parser, written);
  const whole = (rest?: Pick<Aggregation, 'argument' | 'sparkline'>): Aggregation => {
    const span = parser.spanFrom(start);
    const call: Writable<Aggregation> = { function: name, functionSpan, written, span };
    if (parameter !== undefined) call.parameter = parameter;
    if (rest?.argument !== undefined) call.argument = rest.argument;
    if (rest?.sparkline !== undefined) call.sparkline = rest.sparkline;
    return call;
  };
  if (parser.text[parser.position] !== '(' && parser.peek() !== '(') {
    if (parser.peek() === '=') {
      parser.position = start;
      parser.expectEnd();
    }
    parser.position = functionSpan.end;
    return whole();
  }
  parser.expect('(');
  if (parser.accept(')')) return whole();
  if (name === 'sparkline') {
    const of =
      parseCall(parser) ?? parser.fail(`expected an aggregate in "sparkline(", found ${parser.found()}`);
    const span = parser.accept(',') ? parser.word() : undefined;
    if (span !== undefined && readSpan(span) === undefined)
      parser.fail(`expected a span such as "1h", found "${span}"`, {
        start: parser.position - span.length,
        end: parser.position,
      });
    close(parser, written);
    return whole({ sparkline: { of, ...(span === undefined ? {} : { span }) } });
  }
  // timechart eval(round(avg(x), 2)): the whole item is an expression over aggregates.
  if (name === 'eval') {
    const argument = parseEval(parser, written);
    return whole({ argument: { ...argument, aggregates: aggregatesIn(parser, argument.expression) } });
  }
  const before = parser.position;
  if (parser.takesKeyword('EVAL') && parser.accept('(')) {
    const argument = parseEval(parser, 'eval');
    close(parser, written);
    return whole({ argument });
  }
  parser.position = before;
  const argument = parseArgument(parser, written);
  close(parser, written);
  return whole({ argument });
}

function parseEval(parser: Parser, written: string): Extract<Aggregation['argument'], { text: string }> {
  parser.skip();
  const start = parser.position;
  const expression = parser.nested(() => parseExpression(parser));
  const span = { start, end: expression.span.end };
  close(parser, written);
  const text = parser.text.slice(start, parser.position - 1).trim();
  return { expression, text, span };
}

/**
 * The aggregates inside an expression over them. A call of one argument is an aggregate where a name is both
 * (`max(delay)`), unless it is over an aggregate itself (`round(avg(x))`); so is a bare `count`.
 */
function aggregatesIn(parser: Parser, expression: Expression): Aggregation[] {
  switch (expression.kind) {
    case 'field': {
      if (expression.quoted || expression.name.toLowerCase() !== 'count') return [];
      const { name, span } = expression;
      return [{ function: 'count', functionSpan: span, written: name, span }];
    }
    case 'binary':
      return [...aggregatesIn(parser, expression.left), ...aggregatesIn(parser, expression.right)];
    case 'unary':
      return aggregatesIn(parser, expression.operand);
    case 'in':
      return [expression.operand, ...expression.values].flatMap((item) => aggregatesIn(parser, item));
    case 'call': {
      const inner = expression.arguments.flatMap((argument) => aggregatesIn(parser, argument));
      const named = canonicalName(parser, expression.name);
      if (inner.length > 0 || expression.arguments.length > 1) return inner;
      if (!parser.language.aggregates.has(named.function)) return inner;
      const [argument] = expression.arguments;
      return [
        {
          ...named,
          functionSpan: expression.nameSpan,
          written: expression.name,
          ...(argument === undefined ? {} : { argument: aggregated(parser, argument) }),
          span: expression.span,
        },
      ];
    }
    default:
      return [];
  }
}

/** What an aggregate inside an expression is over: a field, or what `eval(…)` gives. */
function aggregated(parser: Parser, argument: Expression): NonNullable<Aggregation['argument']> {
  if (argument.kind === 'field') return { name: argument.name, quoted: argument.quoted, span: argument.span };
  const isEval = argument.kind === 'call' && argument.name.toLowerCase() === 'eval';
  const expression = (isEval ? argument.arguments[0] : undefined) ?? argument;
  const { span } = expression;
  return { expression, text: parser.text.slice(span.start, span.end), span };
}

function close(parser: Parser, written: string): void {
  if (!parser.accept(')')) parser.fail(`expected ")" to close "${written}(", found ${parser.found()}`);
}

function parseArgument(parser: Parser, written: string): NonNullable<Aggregation['argument']> {
  if (parser.atMacro()) return parser.macro();
  parser.skip();
  const start = parser.position;
  if (parser.atString()) return { name: parser.string(), quoted: true, span: parser.spanFrom(start) };
  // A name may hold blanks here only in single quotes.
  const single = parser.take(singleQuoted);
  if (single !== undefined) return unquoted({ name: single, quoted: false, span: parser.spanFrom(start) });
  const word = parser.take(argumentWord);
  if (word === undefined) parser.fail(`expected a field in "${written}(", found ${parser.found()}`);
  // tstats takes `PREFIX(text)` in the place of a field.
  if (word === 'PREFIX' && parser.command === 'tstats' && parser.accept('(')) {
    const text = parser.take(prefixText);
    if (text === undefined) parser.fail(`expected a text in "PREFIX(", found ${parser.found()}`);
    close(parser, 'PREFIX');
    return { name: `PREFIX(${text})`, quoted: false, span: parser.spanFrom(start) };
  }
  const argument: FieldName = { name: word, quoted: false, span: parser.spanFrom(start) };
  if (parser.peek() === '(')
    parser.fail(
      `"${written}" takes a field, found a call of "${word}"`,
      { start, end: parser.position },
      `write ${written}(eval(${word}(…)))`,
    );
  return argument;
}

/** The catalogue's name of an aggregate, and the number that is part of it (`perc95`). */
function canonicalName(
  parser: Parser,
  written: string,
): { readonly function: string; readonly parameter?: number } {
  const lower = written.toLowerCase();
  const known = parser.language.aggregates.get(lower);
  if (known !== undefined) return { function: known.name };
  const match = percentilePattern.exec(lower);
  if (match !== null) {
    const base = parser.language.aggregates.get(match[1]!);
    if (base?.parameter !== undefined) return { function: base.name, parameter: Number(match[2]) };
  }
  return { function: lower };
}

/** Writes an aggregate so that reading it gives the same. */
export function printAggregation(aggregation: Aggregation): string {
  if (aggregation.macro !== undefined) return printMacro(aggregation.macro);
  const call = printCall(aggregation);
  return aggregation.as === undefined ? call : `${call} AS ${printField(aggregation.as)}`;
}

function printCall(aggregation: Aggregation): string {
  const { written, argument, sparkline } = aggregation;
  if (sparkline !== undefined)
    return `${written}(${printCall(sparkline.of)}${sparkline.span === undefined ? '' : `, ${sparkline.span}`})`;
  if (argument === undefined) return written;
  if ('kind' in argument) return `${written}(${printMacro(argument)})`;
  if ('text' in argument) {
    const { text } = argument;
    return aggregation.function === 'eval' ? `${written}(${text})` : `${written}(eval(${text}))`;
  }
  return `${written}(${argument.quoted ? printField(argument) : argument.name})`;
}

/**
 * The field that an aggregate puts out: the name behind AS, or the aggregate as written (`dc(user)`, `count`).
 */
export function outputName(aggregation: Aggregation): string {
  if (aggregation.as !== undefined) return aggregation.as.name;
  const { written, argument } = aggregation;
  if (argument !== undefined && !('kind' in argument) && !('text' in argument))
    return `${written}(${argument.name})`;
  return printCall(aggregation);
}
