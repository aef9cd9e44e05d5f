// Eval expressions: reading them with Splunk's precedence, and printing them with as few brackets as that allows.
import type { Parser } from './parser.js';
import { encodeString } from './parser.js';
import { printMacro, printPipeline } from './printer.js';
import type { BinaryOperator, Expression } from './tree.js';

// Splunk Search Reference, "eval": boolean operators bind weakest (XOR, OR, AND, then NOT), then comparison with LIKE
// and IN, then concatenation, then arithmetic.
const precedence: Readonly<Record<BinaryOperator, number>> = {
  XOR: 1,
  OR: 2,
  AND: 3,
  '=': 5,
  '==': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  LIKE: 5,
  '.': 6,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '%': 8,
};
const notPrecedence = 4;
const comparisonPrecedence = 5;
const unaryPrecedence = 9;
const primaryPrecedence = 10;

/** A chain of operators longer than this would make a tree deeper than any real search needs. */
const maximumChain = 3000;

const numberPattern = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w@#:{])/y;
const namePattern = /[\w@#\u0080-\uffff](?:[\w@#:$\u0080-\uffff]+|\{\d*\})*/y;
const tokenPattern = /\$[^$\s|"'(),]+\$|<<\w+>>/y;
/** A name and what stands between it and another. */
const gluedName = /^[\w.{}:@-]+[\s,=()+*/.-]/;
const quotedNamePattern = /'((?:[^'\\]|\\[\s\S])*)'/y;
const wordOperators = ['AND', 'OR', 'XOR', 'LIKE', 'IN'] as const;
const afterNot = ['IN', 'LIKE'] as const;
const operatorPattern = /==|!=|<=|>=|<(?!<)|>|=|[-+*/%.]/y;

/** Reads an eval expression, as far as it goes. */
export function parseExpression(parser: Parser): Expression {
  return parseBinary(parser, 0);
}

function parseBinary(parser: Parser, minimum: number): Expression {
  let left = parseOperand(parser, minimum);
  for (let chain = 0; ; chain++) {
    if (chain > maximumChain) parser.fail('this expression is too long');
    const before = parser.position;
    const operator = takeOperator(parser);
    if (operator === undefined) return left;
    const level = operator === 'IN' || operator === 'NOT' ? comparisonPrecedence : precedence[operator];
    if (level <= minimum) {
      parser.position = before;
      return left;
    }
    if (operator === 'IN') left = parseIn(parser, left);
    else if (operator === 'NOT') {
      // x NOT IN (…), x NOT LIKE "…": the negation of the whole.
      const inner = takeOperator(parser);
      if (inner === 'IN') left = negate(parser, parseIn(parser, left));
      else if (inner === 'LIKE')
        left = negate(parser, binary(parser, 'LIKE', left, parseBinary(parser, level)));
      else parser.fail(`expected "IN" or "LIKE" after "NOT", found ${parser.found()}`);
    } else left = binary(parser, operator, left, parseBinary(parser, level));
  }
}

function binary(parser: Parser, operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right, span: parser.spanFrom(left.span.start) };
}

function negate(parser: Parser, operand: Expression): Expression {
  return { kind: 'unary', operator: 'NOT', operand, span: parser.spanFrom(operand.span.start) };
}

/** Takes an operator that may stand after an operand. */
function takeOperator(parser: Parser): BinaryOperator | 'IN' | 'NOT' | undefined {
  parser.skip();
  const code = parser.position < parser.end ? parser.text.charCodeAt(parser.position) : 0;
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) {
    const word = parser.oneOf(wordOperators);
    if (word !== undefined) return word as BinaryOperator | 'IN';
    if (parser.atKeyword('NOT')) {
      const before = parser.position;
      parser.takesKeyword('NOT');
      if (parser.peekOneOf(afterNot) !== undefined) return 'NOT';
      parser.position = before;
    }
    return undefined;
  }
  return parser.take(operatorPattern) as BinaryOperator | undefined;
}

function parseIn(parser: Parser, operand: Expression): Expression {
  parser.expect('(', ' after "IN"');
  const values = parser.nested(() => parseArguments(parser, 'IN'));
  if (values.length === 0) parser.fail('the list of "IN" is empty', parser.spanFrom(operand.span.start));
  return { kind: 'in', operand, values, span: parser.spanFrom(operand.span.start) };
}

/** Reads expressions up to the closing parenthesis. */
function parseArguments(parser: Parser, name: string): Expression[] {
  const values: Expression[] = [];
  if (parser.accept(')')) return values;
  for (;;) {
    values.push(parseExpression(parser));
    if (parser.accept(',')) continue;
    if (parser.accept(')')) return values;
    parser.fail(`expected ")" to close "${name}(", found ${parser.found()}`);
  }
}

function parseOperand(parser: Parser, minimum: number): Expression {
  parser.skip();
  const { text, position: start } = parser;
  const character = start < parser.end ? text[start]! : '';
  switch (character) {
    case '"':
      if (!parser.structure.strings.has(start)) break;
      return { kind: 'string', value: parser.string(), span: parser.spanFrom(start) };
    case "'": {
      const match = parser.match(quotedNamePattern);
      // Glued to a word it is the opening quote of the next name, and the one of this name lacks.
      const isGlued =
        match !== undefined && gluedName.test(match[1]!) && /\w/.test(text[parser.position] ?? '');
      if (isGlued) parser.position = start;
      if (match === undefined || isGlued)
        parser.fail('this field name is never closed', parser.unclosedName(), 'close it with a quote');
      return {
        kind: 'field',
        name: match[1]!.replace(/\\(['\\])/g, '$1'),
        quoted: true,
        span: parser.spanFrom(start),
      };
    }
    case '(': {
      parser.position++;
      const inner = parser.nested(() => parseExpression(parser));
      if (!parser.accept(')')) parser.fail(`expected ")" to close "(", found ${parser.found()}`);
      return inner;
    }
    case '-':
    case '+': {
      parser.position++;
      const operand = parser.nested(() => parseBinary(parser, unaryPrecedence));
      return { kind: 'unary', operator: character, operand, span: parser.spanFrom(start) };
    }
    // Multivalue eval functions, mvfilter: `!isnull(x)` is NOT isnull(x)
    case '!': {
      if (parser.text[start + 1] === '=') break;
      parser.position++;
      const operand = parser.nested(() => parseBinary(parser, unaryPrecedence));
      return { kind: 'unary', operator: 'NOT', operand, span: parser.spanFrom(start) };
    }
    case '`':
      if (parser.atMacro()) return parser.macro();
      break;
    case '[':
      if (parser.atSubsearch()) {
        const pipeline = parser.subsearch();
        return { kind: 'subsearch', pipeline, span: parser.spanFrom(start) };
      }
      break;
    case '$':
    case '<': {
      const token = parser.take(tokenPattern);
      if (token !== undefined) return { kind: 'token', text: token, span: parser.spanFrom(start) };
      break;
    }
  }
  const number = parser.take(numberPattern);
  if (number !== undefined)
    return { kind: 'number', value: Number(number), text: number, span: parser.spanFrom(start) };
  const name = parser.take(namePattern);
  if (name === undefined) parser.fail(`expected a value, found ${parser.found()}`);
  const nameSpan = parser.spanFrom(start);
  const upper = name.length <= 4 ? name.toUpperCase() : '';
  if (upper === 'NOT') {
    const operand = parser.nested(() => parseBinary(parser, Math.max(minimum, notPrecedence)));
    return { kind: 'unary', operator: 'NOT', operand, span: parser.spanFrom(start) };
  }
  if (parser.accept('(')) {
    const args = parser.nested(() => parseArguments(parser, name));
    return { kind: 'call', name, nameSpan, arguments: args, span: parser.spanFrom(start) };
  }
  if (upper === 'AND' || upper === 'OR' || upper === 'XOR' || upper === 'IN' || upper === 'LIKE')
    parser.fail(`expected a value before "${name}"`, nameSpan);
  return { kind: 'field', name, quoted: false, span: nameSpan };
}

function precedenceOf(expression: Expression): number {
  if (expression.kind === 'binary') return precedence[expression.operator];
  if (expression.kind === 'unary') return expression.operator === 'NOT' ? notPrecedence : unaryPrecedence;
  if (expression.kind === 'in') return comparisonPrecedence;
  return primaryPrecedence;
}

/** Writes an expression so that reading it gives the same tree. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
    case 'token':
      return expression.text;
    case 'string':
      return `"${encodeString(expression.value)}"`;
    case 'field':
      return expression.quoted ? `'${expression.name.replace(/['\\]/g, '\\$&')}'` : expression.name;
    case 'call':
      return `${expression.name}(${expression.arguments.map(printExpression).join(', ')})`;
    case 'in':
      return `${printAbove(expression.operand, comparisonPrecedence)} IN (${expression.values.map(printExpression).join(', ')})`;
    case 'unary':
      if (expression.operator === 'NOT') return `NOT ${printAbove(expression.operand, notPrecedence)}`;
      return `${expression.operator}${printAbove(expression.operand, unaryPrecedence + 1)}`;
    case 'binary': {
      const level = precedence[expression.operator];
      const left = printAbove(expression.left, level);
      const right = printAbove(expression.right, level + 1);
      return `${left} ${expression.operator} ${right}`;
    }
    case 'subsearch':
      return `[ ${printPipeline(expression.pipeline)} ]`;
    case 'macro':
      return printMacro(expression);
  }
}

/** Prints with brackets when the expression binds more weakly than `minimum`. */
function printAbove(expression: Expression, minimum: number): string {
  const text = printExpression(expression);
  return precedenceOf(expression) < minimum ? `(${text})` : text;
}
