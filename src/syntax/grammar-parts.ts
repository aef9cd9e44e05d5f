// The positional parts that commands are put together from: fields, lists, clauses, strings, numbers, subsearches.
import type { Span } from '../diagnostic/diagnostic.js';
import { parseAggregation, printAggregation } from './aggregation.js';
import { parseExpression, printExpression } from './expression.js';
import type { Part } from './grammar.js';
import { printText, takeText } from './grammar-values.js';
import type { Parser } from './parser.js';
import { encodeString } from './parser.js';
import { printSearchExpression } from './print-search.js';
import { printPipeline } from './printer.js';
import { parseSearchExpression } from './search-expression.js';
import type { Aggregation, Expression, FieldName, Pipeline, SearchExpression } from './tree.js';

const bareField = /^(?:[^\s,()|[\]"=`<>!]|\\"|[<>!](?!=)|<<\w+>>|\([^()\s|"]*\)|`[^`]*`)+$/;
const tokenName = /^\$[^$\s]+\$$/;

/** A name that blanks, a comma or the end of the command follow. */
const plainName = /[A-Za-z_][\w.]*(?=[\s,|\]]|$)/y;

/** Takes such a name, as nearly all are, without looking for all else that a field may be. */
function takePlainField(parser: Parser): FieldName | undefined {
  const start = parser.position;
  const name = parser.take(plainName);
  if (name === undefined) return undefined;
  // Behind a name that a filter of a token follows.
  if (parser.position < parser.end && parser.text[parser.position] === '|') {
    parser.position = start;
    return undefined;
  }
  return { name, quoted: false, span: { start, end: parser.position } };
}

/** Takes a field name, quoted or bare (a macro call counts as one), or returns undefined. */
export function takeField(parser: Parser): FieldName | undefined {
  parser.skip();
  const plain = takePlainField(parser);
  if (plain !== undefined) return plain;
  const start = parser.position;
  if (parser.atString()) {
    const name = parser.string();
    checkAfterName(parser);
    return { name, quoted: true, span: parser.spanFrom(start) };
  }
  if (parser.atMacro()) {
    parser.macro();
    // What is glued to a call belongs to the name.
    if (/[^\s,]/.test(parser.text.slice(parser.position, parser.position + 1))) parser.word();
    const span = parser.spanFrom(start);
    return { name: parser.text.slice(span.start, span.end), quoted: false, span };
  }
  // 'a name' in single quotes keeps its blanks.
  const single = parser.take(singleQuoted);
  if (single !== undefined) return { name: single, quoted: false, span: parser.spanFrom(start) };
  const name = parser.word();
  if (name === undefined) return undefined;
  if (parser.atStringHere())
    parser.fail(`expected a blank or a comma between "${name}" and the string after it`);
  return { name, quoted: false, span: parser.spanFrom(start) };
}

const singleQuoted = /'[^'"|\n]*[\s(),][^'"|\n]*'(?=[\s,)|\]]|$)/y;

/** Fails when a word is glued to the closing quote of a name. */
function checkAfterName(parser: Parser): void {
  const here = parser.position;
  if (
    here < parser.end &&
    !/[\s,)|\]([=`]/.test(parser.text[here]!) &&
    parser.peekOneOf(['AS', 'BY']) === undefined
  )
    parser.fail(`expected a blank or a comma after the name, found ${parser.found()}`);
}

/** Takes a field name or fails. */
export function expectField(parser: Parser, what = 'a field'): FieldName {
  return takeField(parser) ?? parser.fail(`expected ${what}, found ${parser.found()}`);
}

/** Writes a field name so that it is read back with the same quoting. */
export function printField(field: FieldName): string {
  return field.quoted || !isBare(field.name) ? `"${encodeString(field.name)}"` : field.name;
}

/** Whether a name is read back as it is: what stands in brackets, as in `count(eval(a = "b"))`, belongs to it. */
function isBare(name: string): boolean {
  if (/^'[^'"|\n]*'$/.test(name)) return true;
  let rest = name;
  for (let before = ''; rest !== before; ) {
    before = rest;
    rest = rest.replace(/\((?:[^()"]|"(?:[^"\\]|\\.)*")*\)/g, '');
  }
  return bareField.test(rest) && !name.startsWith('(');
}

interface ListSettings {
  /** Keywords, in capitals, that end the list. */
  readonly stops?: readonly string[];
  /** Fewest fields; 0 makes the list optional. Default 1. */
  readonly minimum?: number;
}

/** Fields separated by blanks or commas. */
export function fieldList({ stops = [], minimum = 1 }: ListSettings = {}): Part<readonly FieldName[]> {
  return {
    usage: minimum === 0 ? '[<field-list>]' : '<field-list>',
    parse: (parser) => parseFields(parser, stops, minimum),
    print: (fields) => fields.map(printField).join(', '),
  };
}

function parseFields(parser: Parser, stops: readonly string[], minimum: number): FieldName[] {
  const fields: FieldName[] = [];
  let comma = false;
  for (;;) {
    parser.takeOptions();
    if (parser.atEnd() || parser.peekOneOf(stops) !== undefined) break;
    const field = takeField(parser);
    if (field === undefined) break;
    fields.push(field);
    comma = parser.accept(',');
    while (comma && parser.accept(',')) {
      // commas too many are ignored, as Splunk does
    }
  }
  if (fields.length < minimum) parser.fail(`expected a field, found ${parser.found()}`);
  return fields;
}

/** The words that a clause of groups begins with. */
export const byWords = ['BY', 'GROUPBY'] as const;

/** A `BY` clause, or nothing. */
export function byClause(...stops: readonly string[]): Part<readonly FieldName[] | undefined> {
  const ends = [...stops, 'BY', 'AS'];
  return {
    usage: '[BY <field-list>]',
    parse(parser) {
      if (parser.oneOf(byWords) === undefined) return undefined;
      // "groupby" is only a field here: published searches group by one of that name.
      const fields = parseFields(parser, ends, 1);
      if (parser.atKeyword('AS'))
        parser.fail(
          `"${parser.command}" gives what it groups by no other name`,
          undefined,
          'write rename behind it',
        );
      if (parser.atKeyword('BY'))
        parser.fail(
          `command "${parser.command}" takes one "by", found another`,
          undefined,
          'separate the fields by commas',
        );
      // "Wildcard characters ( * ) are not accepted in BY clauses" (Understanding SPL syntax, BY clauses)
      const wild = fields.find((item) => item.name.includes('*'));
      if (wild !== undefined)
        parser.fail(`command "${parser.command}" takes no wildcard after "by": "${wild.name}"`, wild.span);
      return fields;
    },
    print: (fields) => `BY ${fields!.map(printField).join(', ')}`,
  };
}

/** A keyword followed by a part, or nothing. */
export function clause<T>(keyword: string, part: Part<T>): Part<T | undefined> {
  return {
    usage: `[${keyword} ${part.usage}]`,
    parse: (parser) => (parser.takesKeyword(keyword) ? part.parse(parser) : undefined),
    print: (value) => `${keyword} ${part.print(value as T)}`,
  };
}

/** A keyword alone: true when it is written. */
export function flag(keyword: string): Part<true | undefined> {
  return {
    usage: `[${keyword}]`,
    parse: (parser) => (parser.takesKeyword(keyword) ? true : undefined),
    print: () => keyword,
  };
}

/** One field. */
export const field: Part<FieldName> = {
  usage: '<field>',
  parse(parser) {
    const name = expectField(parser);
    parser.accept(',');
    return name;
  },
  print: printField,
};

/** One field, or nothing before the end of the command or one of the keywords. */
export function optionalField(...stops: readonly string[]): Part<FieldName | undefined> {
  return {
    usage: '[<field>]',
    parse: (parser) =>
      parser.atEnd() || parser.peekOneOf(stops) !== undefined ? undefined : takeField(parser),
    print: (value) => printField(value!),
  };
}

/** A field with another name: `user AS src_user`. */
export interface NamedField {
  readonly field: FieldName;
  readonly as?: FieldName;
}

/** Fields that may each get another name, up to the end or a stop word. */
export function namedFields({ stops = [], minimum = 1 }: ListSettings = {}): Part<readonly NamedField[]> {
  return {
    usage: minimum === 0 ? '[<field> [AS <field>], ...]' : '<field> [AS <field>], ...',
    parse(parser) {
      const list: NamedField[] = [];
      for (;;) {
        parser.takeOptions();
        if (parser.atEnd() || parser.peekOneOf(stops) !== undefined) break;
        const name = takeField(parser);
        if (name === undefined) break;
        list.push(parser.takesKeyword('AS') ? { field: name, as: expectField(parser) } : { field: name });
        parser.accept(',');
      }
      if (list.length < minimum) parser.fail(`expected a field, found ${parser.found()}`);
      return list;
    },
    print: (list) => list.map(printNamed).join(', '),
  };
}

/** Writes a field with its other name. */
export function printNamed(item: NamedField): string {
  return item.as === undefined
    ? printField(item.field)
    : `${printField(item.field)} AS ${printField(item.as)}`;
}

/** `AS <field>`, or nothing. */
export const asClause: Part<FieldName | undefined> = {
  usage: '[AS <field>]',
  parse: (parser) => (parser.takesKeyword('AS') ? expectField(parser) : undefined),
  print: (name) => `AS ${printField(name!)}`,
};

/** Aggregates such as `count dc(user) AS users`, up to the end or a stop word. */
export function aggregations({
  stops = byWords,
  minimum = 1,
}: ListSettings = {}): Part<readonly Aggregation[]> {
  return {
    usage: '<aggregation> [AS <field>], ...',
    parse(parser) {
      const list: Aggregation[] = [];
      for (;;) {
        parser.takeOptions();
        if (parser.atEnd() || parser.peekOneOf(stops) !== undefined) break;
        const item = parseAggregation(parser);
        if (item === undefined) break;
        list.push(item);
        parser.accept(',');
      }
      if (list.length < minimum)
        parser.fail(`expected an aggregate such as "count", found ${parser.found()}`);
      return list;
    },
    print: (list) => list.map(printAggregation).join(', '),
  };
}

/** A field and the expression it is set to. */
export interface Assignment {
  readonly field: FieldName;
  readonly expression: Expression;
}

/** `field=expression, …` as in eval. */
export const assignments: Part<readonly Assignment[]> = {
  usage: '<field>=<expression>, ...',
  parse(parser) {
    const list: Assignment[] = [];
    do {
      const name = takeAssigned(parser);
      if (parser.peek() !== '=' || parser.text.startsWith('==', parser.position))
        parser.fail(`expected "=" after "${name.name}", found ${parser.found()}`);
      parser.expect('=');
      list.push({ field: name, expression: parseExpression(parser) });
    } while (parser.accept(',') && !parser.atEnd());
    return list;
  },
  print: (list) =>
    list.map((item) => `${printAssigned(item.field)}=${printExpression(item.expression)}`).join(', '),
};

const assignedSingle = /'((?:[^'\\]|\\[\s\S])*)'/y;

/** The name that is assigned to: bare, in double quotes, or in single quotes as in expressions. */
function takeAssigned(parser: Parser): FieldName {
  parser.skip();
  const start = parser.position;
  const single = parser.match(assignedSingle);
  if (single !== undefined)
    return {
      name: single[1]!.replace(/\\(['\\])/g, '$1'),
      quoted: true,
      span: parser.spanFrom(start),
    };
  return expectField(parser, 'a field to assign to');
}

function printAssigned(name: FieldName): string {
  return printField(name);
}

/** An eval expression, to the end. */
export const expression: Part<Expression> = {
  usage: '<expression>',
  parse: (parser) => parseExpression(parser),
  print: printExpression,
};

/** A search expression up to the end or a stop word; `everything` when nothing is written. */
export function searchExpression(...stops: readonly string[]): Part<SearchExpression> {
  return {
    usage: '<search-expression>',
    parse: (parser) => parseSearchExpression(parser, stops),
    print: printSearchExpression,
  };
}

/** A text: a string in quotes or one word. */
export const string: Part<string> = {
  usage: '<string>',
  parse(parser) {
    if (parser.atEnd()) parser.fail(`expected a string, found ${parser.found()}`);
    return takeText(parser, parser.command);
  },
  print: printText,
};

const barePattern = /[^\s"|][^\s|]*/y;

/** A regular expression, and where it stands. */
export interface Pattern {
  readonly text: string;
  readonly span: Span;
}

/** A regular expression: a string in quotes, or one word that may hold brackets. */
export const pattern: Part<Pattern> = {
  usage: '<regex>',
  parse(parser: Parser) {
    if (parser.atEnd()) parser.fail(`expected a regular expression, found ${parser.found()}`);
    const start = parser.position;
    const text = parser.atString() ? parser.string() : parser.take(barePattern);
    if (text === undefined) return parser.fail(`expected a regular expression, found ${parser.found()}`);
    return { text, span: parser.spanFrom(start) };
  },
  print: (value) => `"${encodeString(value.text)}"`,
};

/** A text if any comes before the end. */
export const optionalString: Part<string | undefined> = {
  usage: '[<string>]',
  parse: (parser) => (parser.atEnd() ? undefined : takeText(parser, parser.command)),
  print: (value) => printText(value!),
};

const integerPattern = /-?\d+(?=[\s,)|\]]|$)/y;

/** A whole number if one comes next. */
export const optionalInteger: Part<number | undefined> = {
  usage: '[<int>]',
  parse(parser) {
    parser.skip();
    const digits = parser.take(integerPattern);
    return digits === undefined ? undefined : Number(digits);
  },
  print: (value) => String(value),
};

/** A whole number of 0 or more if a number comes next. */
export const optionalCount: Part<number | undefined> = {
  ...optionalInteger,
  parse(parser) {
    parser.skip();
    const start = parser.position;
    const count = optionalInteger.parse(parser);
    if (count !== undefined && count < 0)
      parser.fail(`"${parser.command}" takes a count of 0 or more, found ${count}`, parser.spanFrom(start));
    return count;
  },
};

/** A subsearch in brackets. */
export const subsearch: Part<Pipeline> = {
  usage: '<subsearch>',
  parse(parser) {
    if (!parser.atSubsearch()) parser.fail(`expected a subsearch in brackets, found ${parser.found()}`);
    return parser.subsearch();
  },
  print: (value) => `[ ${printPipeline(value)} ]`,
};

/** Two or more subsearches. */
export const subsearches: Part<readonly Pipeline[]> = {
  usage: '<subsearch> <subsearch> ...',
  parse(parser) {
    const list: Pipeline[] = [];
    while (parser.atSubsearch()) {
      list.push(parser.subsearch());
      parser.accept(',');
    }
    if (list.length === 0) parser.fail(`expected a subsearch in brackets, found ${parser.found()}`);
    return list;
  },
  print: (list) => list.map((value) => `[ ${printPipeline(value)} ]`).join(' '),
};

/** Whether a name is a token such as `$user$`, whose value is known only later. */
export function isToken(name: string): boolean {
  return tokenName.test(name);
}
