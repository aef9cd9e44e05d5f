// Compiles eval expressions to JavaScript expressions, with what is known of their types used to write fast code.

import type { Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { parseNumber, special } from '../runtime/number.js';
import type { FieldValue } from '../runtime/value.js';
import { callsIn, fieldsOf } from '../syntax/expression-parts.js';
import type { BinaryOperator, Expression } from '../syntax/tree.js';
import type { CallableFunction, Catalogue, KnownArgument } from './catalogue.js';
import {
  type Code,
  choose,
  commonType,
  constant,
  firstField,
  isTruth,
  operandShape,
  plainText,
  readsRow,
  type Scope,
  shapeOf,
} from './code.js';
import { literalResult } from './precision.js';
import { literal, quote } from './quote.js';
import type { Writer } from './writer.js';

const comparisons: Readonly<Record<string, string>> = {
  '=': 'equal',
  '==': 'equal',
  '!=': 'unequal',
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'greater',
  '>=': 'greaterEqual',
};
const arithmetic: Readonly<Record<string, string>> = {
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'modulo',
};
/** Functions that look at the whole event, so the run must know which row is at hand. */
const _rowReaders = new Set(['spath', 'getfields', 'lookup', 'searchmatch', 'sigfig']);

/** `<<FIELD>>` of foreach, `$field$` of map. */
const tokenPattern = /<<[A-Za-z0-9_]+>>|\$[^$\s]+\$/;
const tokenSplit = /(<<[A-Za-z0-9_]+>>|\$[^$\s]+\$)/;
const simple = /^(?:[$\w]+|"[^"\\]*"|-?\d+(?:\.\d+)?)$/;

export class ExpressionCompiler {
  private readonly writer: Writer;
  private readonly catalogue: Catalogue;
  private readonly report: (diagnostic: SpanDiagnostic) => void;

  constructor(writer: Writer, catalogue: Catalogue, report: (diagnostic: SpanDiagnostic) => void) {
    this.writer = writer;
    this.catalogue = catalogue;
    this.report = report;
  }

  /** The value of an expression; conditions give true, false or null. */
  value(expression: Expression, scope: Scope): Code {
    switch (expression.kind) {
      case 'number':
        return constant(expression.value);
      case 'string':
        return this.text(expression.value, scope);
      case 'field': {
        const bound = this.token(expression.name, scope);
        if (bound !== undefined) return bound;
        const code = scope.read(expression.name);
        if (code === 'null') return constant(null);
        return { code, type: 'any', nullable: true, field: expression.name };
      }
      case 'token':
        return this.token(expression.text, scope) ?? this.fault(expression.span, expression.text);
      case 'unary':
        return this.unary(expression, scope);
      case 'binary':
        return this.binary(expression, scope);
      case 'in':
        return this.outcome(expression, scope);
      case 'call':
        return this.call(expression, scope);
      case 'subsearch':
        if (scope.subsearch === undefined) return this.fault(expression.span, 'a subsearch');
        return { code: scope.subsearch(expression), type: 'any', nullable: true };
      case 'macro':
        return this.fault(expression.span, `\`${expression.name}\``);
    }
  }

  /** The value that a field is set to: literal calculations are as precise as their literals. */
  assigned(expression: Expression, scope: Scope): Code {
    const result = literalResult(expression);
    if (result !== undefined) return constant(result);
    const value = this.value(expression, scope);
    const { constant: known } = value;
    // A literal that is too large to be held overflows as a calculation does.
    return typeof known === 'number' && !Number.isFinite(known) ? constant(special(known)) : value;
  }

  /** A JavaScript condition that holds exactly when the expression is true. */
  test(expression: Expression, scope: Scope): string {
    return this.condition(expression, scope, true);
  }

  private condition(expression: Expression, scope: Scope, wanted: boolean): string {
    if (expression.kind === 'unary' && expression.operator === 'NOT')
      return this.condition(expression.operand, scope, !wanted);
    if (expression.kind === 'binary') {
      const { operator, left, right } = expression;
      if (operator === 'AND' || operator === 'OR') {
        const join = (operator === 'AND') === wanted ? '&&' : '||';
        return `(${this.condition(left, scope, wanted)} ${join} ${this.condition(right, scope, wanted)})`;
      }
      if (operator === 'XOR') return this.exclusive(left, right, scope, wanted);
      if (operator in comparisons) return this.comparison(operator, left, right, scope, wanted);
    }
    if (expression.kind === 'subsearch' && scope.subsearchCondition !== undefined)
      return `${wanted ? '' : '!'}${scope.subsearchCondition(expression)}`;
    if (expression.kind === 'in') return this.membership(expression, scope, wanted);
    if (expression.kind === 'call') {
      const special = this.conditionCall(expression, scope, wanted);
      if (special !== undefined) return special;
    }
    const value = this.value(expression, scope);
    if (value.constant !== undefined) {
      const truth = value.constant === null ? undefined : isTruth(value.constant);
      return String(truth === wanted);
    }
    if (value.type === 'boolean') return `(${value.code} === ${wanted})`;
    return `${this.writer.use(wanted ? 'isTrue' : 'isFalse')}(${value.code})`;
  }

  /** Conditions written without a call where the generator knows the function. */
  private conditionCall(
    expression: Expression & { kind: 'call' },
    scope: Scope,
    wanted: boolean,
  ): string | undefined {
    const name = expression.name.toLowerCase();
    const [first, second, third] = expression.arguments;
    if ((name === 'isnull' || name === 'isnotnull') && first !== undefined) {
      const value = this.value(first, scope);
      const isNull = (name === 'isnull') === wanted;
      if (value.constant !== undefined) return String((value.constant === null) === isNull);
      return `(${value.code} ${isNull ? '===' : '!=='} null)`;
    }
    if (name === 'true' || name === 'false') return String((name === 'true') === wanted);
    if (name === 'in' && first !== undefined && expression.arguments.length > 1) {
      const values = expression.arguments.slice(1);
      return this.membership({ kind: 'in', operand: first, values, span: expression.span }, scope, wanted);
    }
    if (name === 'if' && first !== undefined && second !== undefined && third !== undefined) {
      const test = this.condition(first, scope, true);
      return `(${test} ? ${this.condition(second, scope, wanted)} : ${this.condition(third, scope, wanted)})`;
    }
    if (name === 'searchmatch' && first?.kind === 'string' && scope.searchMatch !== undefined) {
      const code = scope.searchMatch(first.value, first.span);
      return wanted ? code : `!(${code})`;
    }
    return undefined;
  }

  private exclusive(left: Expression, right: Expression, scope: Scope, wanted: boolean): string {
    const holds = [left, right].map((side) => this.condition(side, scope, true));
    const fails = [left, right].map((side) => this.condition(side, scope, false));
    return wanted
      ? `((${holds[0]} && ${fails[1]}) || (${fails[0]} && ${holds[1]}))`
      : `((${holds[0]} && ${holds[1]}) || (${fails[0]} && ${fails[1]}))`;
  }

  private comparison(
    operator: BinaryOperator,
    left: Expression,
    right: Expression,
    scope: Scope,
    wanted: boolean,
  ): string {
    const a = this.hold(this.value(left, scope));
    const b = this.hold(this.value(right, scope));
    if (a.constant === null || b.constant === null) return 'false';
    const name = comparisons[operator] as string;
    const holds = this.compare(name, operator, a, b);
    if (wanted) return holds;
    const present = [a, b].filter((side) => side.nullable).map((side) => `${side.code} !== null`);
    return `(${[...present, `!${holds}`].join(' && ')})`;
  }

  private compare(name: string, operator: BinaryOperator, a: Code, b: Code): string {
    const symbol = operator === '=' || operator === '==' ? '===' : operator === '!=' ? '!==' : operator;
    if (typeof b.constant === 'number' && a.constant === undefined) {
      if (a.type === 'number' && !a.nullable) return `(${a.code} ${symbol} ${b.code})`;
      return `(typeof ${a.code} === "number" ? ${a.code} ${symbol} ${b.code} : ${this.writer.use(name)}(${a.code}, ${b.code}))`;
    }
    if (
      (operator === '=' || operator === '==') &&
      typeof b.constant === 'string' &&
      a.constant === undefined &&
      Number.isNaN(parseNumber(b.constant))
    )
      return `${this.writer.use('equalText')}(${a.code}, ${b.code})`;
    return `${this.writer.use(name)}(${a.code}, ${b.code})`;
  }

  private membership(expression: Expression & { kind: 'in' }, scope: Scope, wanted: boolean): string {
    const operand = this.hold(this.value(expression.operand, scope));
    const values = expression.values.map((value) => this.value(value, scope));
    if (operand.constant === null) return 'false';
    const texts = values.flatMap((value) =>
      typeof value.constant === 'string' && Number.isNaN(parseNumber(value.constant)) ? [value.constant] : [],
    );
    const tests: string[] = [];
    if (texts.length > 3 && texts.length === values.length) {
      const set = this.writer.constant(
        'set',
        `new Set${this.writer.typeArguments('FieldValue')}(${literal(texts)})`,
      );
      tests.push(`${this.writer.use('anyOf')}(${operand.code}, ${set})`);
    } else
      for (const value of values)
        if (value.constant !== null) tests.push(this.compare('equal', '=', operand, value));
    const holds = tests.length === 0 ? 'false' : `(${tests.join(' || ')})`;
    if (wanted) return holds;
    return operand.nullable ? `(${operand.code} !== null && !${holds})` : `!${holds}`;
  }

  private unary(expression: Expression & { kind: 'unary' }, scope: Scope): Code {
    if (expression.operator === 'NOT') return this.outcome(expression, scope);
    const operand = this.value(expression.operand, scope);
    if (expression.operator === '+') return operand;
    if (typeof operand.constant === 'number') return constant(-operand.constant);
    return { code: `${this.writer.use('negate')}(${operand.code})`, type: 'number', nullable: true };
  }

  private binary(expression: Expression & { kind: 'binary' }, scope: Scope): Code {
    const { operator } = expression;
    if (operator === 'AND' || operator === 'OR' || operator === 'XOR' || operator in comparisons)
      return this.outcome(expression, scope);
    if (operator === 'LIKE') {
      const { left, right, span } = expression;
      return this.call({ kind: 'call', name: 'like', nameSpan: span, arguments: [left, right], span }, scope);
    }
    const a = this.hold(this.value(expression.left, scope));
    const b = this.hold(this.value(expression.right, scope));
    if (a.constant === null || b.constant === null) return constant(null);
    const nullable = a.nullable || b.nullable;
    if (operator === '.') {
      if (a.constant !== undefined && b.constant !== undefined)
        return constant(plainText(a.constant) + plainText(b.constant));
      if (a.type === 'string' && b.type === 'string' && !nullable)
        return { code: `(${a.code} + ${b.code})`, type: 'string', nullable: false };
      return { code: `${this.writer.use('concatenate')}(${a.code}, ${b.code})`, type: 'string', nullable };
    }
    if (operator === '+') {
      if (a.type === 'number' && b.type === 'number' && !nullable)
        return { code: `(${a.code} + ${b.code})`, type: 'number', nullable: false };
      const [left, right] = [a.type === 'string', b.type === 'string'];
      // A text beside a field joins, even where the field looks like a number: "something"+a (selfjoin, example)
      if ((left && b.type === 'any') || (right && a.type === 'any'))
        return { code: `${this.writer.use('concatenate')}(${a.code}, ${b.code})`, type: 'string', nullable };
      const flags = left || right ? `, ${left}, ${right}` : '';
      const type = left && right ? 'string' : 'any';
      return { code: `${this.writer.use('add')}(${a.code}, ${b.code}${flags})`, type, nullable: true };
    }
    const name = arithmetic[operator] as string;
    if (a.type === 'number' && b.type === 'number' && !nullable && operator !== '/' && operator !== '%')
      return { code: `(${a.code} ${operator} ${b.code})`, type: 'number', nullable: false };
    return { code: `${this.writer.use(name)}(${a.code}, ${b.code})`, type: 'number', nullable: true };
  }

  private outcome(expression: Expression, scope: Scope): Code {
    const holds = this.condition(expression, scope, true);
    if (holds === 'true' || holds === 'false') {
      const fails = this.condition(expression, scope, false);
      if (holds === 'true') return constant(true);
      if (fails === 'true') return constant(false);
      if (fails === 'false') return constant(null);
    }
    const fails = this.condition(expression, scope, false);
    return { code: `${this.writer.use('outcome')}(${holds}, ${fails})`, type: 'boolean', nullable: true };
  }

  private call(expression: Expression & { kind: 'call' }, scope: Scope): Code {
    const name = expression.name.toLowerCase();
    const definition = this.catalogue.functions.get(name);
    if (definition === undefined) {
      this.report({
        severity: 'error',
        code: 'unknown-function',
        message: `unknown function "${expression.name}"`,
        span: expression.nameSpan,
      });
      return constant(null);
    }
    if (!this.arity(definition, expression)) return constant(null);
    const special = this.known(definition.name, expression, scope);
    if (special !== undefined) return special;
    if (definition.style === 'expression') return this.each(definition, expression, scope);
    const values = expression.arguments.map((argument) => this.value(argument, scope));
    const shapes = values.map(
      (value, i) => (name === 'sigfig' ? operandShape(expression.arguments[i]) : undefined) ?? shapeOf(value),
    );
    if (!this.check(definition, expression, shapes)) return constant(null);
    if (definition.style === 'lazy') return this.lazy(definition, values);
    if (definition.nulls === 'propagate' && values.some((value) => value.constant === null))
      return constant(null);
    if (definition.pure && values.every((value) => value.constant !== undefined)) {
      const folded = this.catalogue.fold(
        definition.name,
        values.map((value) => value.constant as FieldValue),
      );
      if (folded !== undefined && !Array.isArray(folded)) return constant(folded);
    }
    const callee = this.writer.constant(
      definition.name.replace(/[^a-z0-9]/gi, '') + 'Call',
      `${this.writer.use('call')}(${quote(definition.name)}, ${literal(shapes)})`,
    );
    if (readsRow(expression)) this.writer.line(`run.row = ${scope.row()};`);
    const type = definition.returns === 'multivalue' ? 'any' : definition.returns;
    return {
      code: `${callee}(${['run', ...values.map((value) => value.code)].join(', ')})`,
      type,
      nullable: true,
    };
  }

  /** Functions written as operators of the language: they choose which argument to evaluate. */
  private known(name: string, expression: Expression & { kind: 'call' }, scope: Scope): Code | undefined {
    const args = expression.arguments;
    if (name === 'null') return constant(null);
    if (['true', 'false', 'isnull', 'isnotnull', 'in'].includes(name)) return this.outcome(expression, scope);
    if (name === 'searchmatch' && args[0]?.kind === 'string' && scope.searchMatch !== undefined)
      return { code: scope.searchMatch(args[0].value, args[0].span), type: 'boolean', nullable: false };
    if (name === 'if') {
      const test = this.condition(args[0] as Expression, scope, true);
      const [then, otherwise] = [
        this.value(args[1] as Expression, scope),
        this.value(args[2] as Expression, scope),
      ];
      return choose([[test, then]], otherwise);
    }
    if (name === 'case' || name === 'validate') {
      const branches: [string, Code][] = [];
      for (let i = 0; i + 1 < args.length; i += 2) {
        const test = this.condition(args[i] as Expression, scope, true);
        branches.push([name === 'case' ? test : `!${test}`, this.value(args[i + 1] as Expression, scope)]);
      }
      return choose(branches, constant(null));
    }
    if (name === 'coalesce') {
      const values = args
        .map((argument) => this.value(argument, scope))
        .filter((value) => value.constant !== null);
      if (values.length === 0) return constant(null);
      const last = values.findIndex((value) => !value.nullable);
      const used = last < 0 ? values : values.slice(0, last + 1);
      if (used.length === 1) return used[0] as Code;
      return {
        code: `(${used.map((value) => value.code).join(' ?? ')})`,
        type: commonType(used),
        nullable: last < 0,
      };
    }
    return undefined;
  }

  private lazy(definition: CallableFunction, values: readonly Code[]): Code {
    const callee = this.writer.constant(
      'lazyCall',
      `${this.writer.use('callLazy')}(${quote(definition.name)})`,
    );
    const thunks = values.map((value) => `() => ${value.code}`);
    const type = definition.returns === 'multivalue' ? 'any' : definition.returns;
    return { code: `${callee}([${thunks.join(', ')}], run)`, type, nullable: true };
  }

  /** mvmap and mvfilter: an expression evaluated once per value of a field. */
  private each(definition: CallableFunction, expression: Expression & { kind: 'call' }, scope: Scope): Code {
    const [first, second] = expression.arguments;
    const body = (second ?? first) as Expression;
    const source = second === undefined ? undefined : (first as Expression);
    const field = firstField(source ?? body);
    const value =
      source === undefined
        ? { code: field === undefined ? 'null' : scope.read(field) }
        : this.value(source, scope);
    const item = this.writer.fresh('item');
    // A row that the body looks at as a whole is made before the closure, like every field.
    const row = callsIn(body).some(readsRow) ? scope.row() : undefined;
    const inner: Scope = {
      ...scope,
      ...(row === undefined ? {} : { row: () => row }),
      read: (name) => (name === field ? item : scope.read(name)),
    };
    // Fields other than the bound one are loaded before the closure, where they stay the same for every value.
    for (const name of fieldsOf(body)) if (name !== field) scope.read(name);
    let result = constant(null);
    const text = this.writer.aside(() => {
      result = this.value(body, inner);
      this.writer.line(`return ${result.code};`);
    }, 2);
    const callee = this.writer.constant(
      `${definition.name}Call`,
      `${this.writer.use('callEach')}(${quote(definition.name)})`,
    );
    const argument = `(${item}${this.writer.type('FieldValue')})${this.writer.type('FieldValue')}`;
    return {
      code: `${callee}(${value.code}, ${argument} => {\n${text}\n  }, run)`,
      type: 'any',
      nullable: true,
    };
  }

  private text(value: string, scope: Scope): Code {
    if (scope.tokenText === undefined || !tokenPattern.test(value)) return constant(value);
    const codes = value
      .split(tokenSplit)
      .filter((part) => part !== '')
      .map((part) => (tokenPattern.test(part) ? (scope.tokenText?.(part) ?? quote(part)) : quote(part)));
    const joined = codes.reduce((a, b) => `${this.writer.use('concatenate')}(${a}, ${b})`);
    return { code: joined, type: 'string', nullable: false };
  }

  private token(text: string, scope: Scope): Code | undefined {
    return tokenPattern.test(text) ? scope.token?.(text) : undefined;
  }

  /** Puts longer code into a variable, so that it can be named twice. */
  private hold(value: Code): Code {
    if (simple.test(value.code) || value.constant !== undefined) return value;
    const name = this.writer.fresh('value');
    this.writer.line(`const ${name}${this.writer.type('FieldValue')} = ${value.code};`);
    return { ...value, code: name };
  }

  private arity(definition: CallableFunction, expression: Expression & { kind: 'call' }): boolean {
    const { min, max, pairs } = definition.parameters;
    const count = expression.arguments.length;
    if (count >= min && count <= max && !(pairs && count % 2 !== 0)) return true;
    const wanted = pairs
      ? 'pairs of arguments'
      : min === max
        ? `${min} argument${min === 1 ? '' : 's'}`
        : `${min} to ${max === Number.POSITIVE_INFINITY ? 'any number of' : max} arguments`;
    this.report({
      severity: 'error',
      code: 'argument-count',
      message: `function "${expression.name}" takes ${wanted}, found ${count}`,
      span: expression.span,
    });
    return false;
  }

  private check(
    definition: CallableFunction,
    expression: Expression & { kind: 'call' },
    shapes: readonly KnownArgument[],
  ): boolean {
    const fault = definition.check?.(shapes);
    if (fault === null || fault === undefined) return true;
    this.report({
      severity: fault.severity ?? 'error',
      code: fault.code,
      message: fault.message,
      span: expression.arguments[fault.argument]?.span ?? expression.span,
      ...(fault.help === undefined ? {} : { help: fault.help }),
    });
    return fault.severity === 'warning';
  }

  private fault(span: Span, text: string): Code {
    this.report({
      severity: 'error',
      code: 'unsupported',
      message: `"${text}" cannot be evaluated here`,
      span,
    });
    return constant(null);
  }
}
