// Compiles search expressions (search, tstats where, searchmatch) to JavaScript conditions on a row.
import type { Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { parseNumber } from '../runtime/number.js';
import type { Pipeline, SearchExpression, SearchValue } from '../syntax/tree.js';
import { literal, quote } from './quote.js';
import type { Writer } from './writer.js';

/** What a search expression needs of the place it stands in. */
export interface SearchScope {
  readonly read: (name: string) => string;
  /** Code for the row as an object with every field. */
  readonly row: () => string;
  /** Code for the row's text where it has no `_raw`. */
  readonly text: () => string;
  /** Name of a function of a row that tests the rows of a subsearch, made before the rows are read. */
  readonly subsearch: (pipeline: Pipeline) => string;
  /** Name of a test of a value against the texts that a subsearch gives: `field=[ … ]`. */
  readonly subsearchValue: (pipeline: Pipeline, operator: string) => string;
  /** Name of a constant holding a time bound in epoch seconds. */
  readonly bound: (modifier: string, value: string, span: Span) => string;
  /** Code for a text with `$name$` in it, when parameters are bound. */
  readonly parameter?: (text: string) => string | undefined;
  readonly report: (diagnostic: SpanDiagnostic) => void;
}

/** Modifiers of the time range, and the side and unit each sets (Search Reference, Time modifiers). */
const upperBounds = new Set(['latest', 'endtime', 'endtimeu', '_index_latest']);

/** The condition under which a row meets the expression. */
export function searchCondition(expression: SearchExpression, scope: SearchScope, writer: Writer): string {
  switch (expression.kind) {
    case 'everything':
      return 'true';
    case 'and':
      return joined(expression.operands, '&&', scope, writer);
    case 'or':
      return joined(expression.operands, '||', scope, writer);
    case 'not': {
      const inner = searchCondition(expression.operand, scope, writer);
      return inner === 'true' ? 'false' : inner === 'false' ? 'true' : `!${inner}`;
    }
    case 'comparison':
      return comparison(expression, scope, writer);
    case 'in': {
      const values = expression.values;
      if (
        values.some(
          (value) =>
            dynamic(value, scope) !== undefined ||
            value.directive !== undefined ||
            value.subsearch !== undefined,
        )
      )
        return `(${values
          .map((value) =>
            comparison(
              { kind: 'comparison', field: expression.field, operator: '=', value, span: value.span },
              scope,
              writer,
            ),
          )
          .join(' || ')})`;
      const test = writer.constant('isIn', `${writer.use('searchIn')}(${literal(values.map(valueText))})`);
      return `${test}(${scope.read(expression.field.name)})`;
    }
    case 'term':
      return term(expression.value, scope, writer);
    case 'time': {
      const field = expression.modifier.startsWith('_index') ? '_indextime' : '_time';
      const bound = scope.bound(expression.modifier, expression.value.text, expression.span);
      const below = upperBounds.has(expression.modifier) || expression.modifier.startsWith('end');
      const relation = below ? 'isBefore' : 'isSince';
      return `${writer.use(relation)}(${scope.read(field)}, ${bound})`;
    }
    case 'subsearch':
      return `${scope.subsearch(expression.pipeline)}(${scope.row()})`;
    case 'macro':
      scope.report({
        severity: 'error',
        code: 'unknown-macro',
        message: `unknown macro "${expression.name}"`,
        span: expression.span,
      });
      return 'false';
  }
}

function joined(
  operands: readonly SearchExpression[],
  operator: '&&' | '||',
  scope: SearchScope,
  writer: Writer,
): string {
  const [unit, zero] = operator === '&&' ? ['true', 'false'] : ['false', 'true'];
  const parts = operands
    .map((operand) => searchCondition(operand, scope, writer))
    .filter((part) => part !== unit);
  if (parts.includes(zero)) return zero;
  return parts.length === 0
    ? unit
    : parts.length === 1
      ? (parts[0] as string)
      : `(${parts.join(` ${operator} `)})`;
}

function dynamic(value: SearchValue, scope: SearchScope): string | undefined {
  return scope.parameter?.(value.text);
}

function valueText(value: SearchValue): string | { text: string; literalStars: readonly number[] } {
  return value.literalStars === undefined || value.literalStars.length === 0
    ? value.text
    : { text: value.text, literalStars: value.literalStars };
}

function options(value: SearchValue): string {
  const settings = {
    ...(value.directive === 'CASE' ? { caseSensitive: true } : {}),
    ...(value.literalStars !== undefined && value.literalStars.length > 0
      ? { literalStars: value.literalStars }
      : {}),
  };
  return Object.keys(settings).length === 0 ? '' : `, ${literal(settings)}`;
}

function comparison(
  expression: SearchExpression & { kind: 'comparison' },
  scope: SearchScope,
  writer: Writer,
): string {
  const { field, operator, value } = expression;
  const parameter = dynamic(value, scope);
  const variable = scope.read(field.name);
  // A field that the row is known not to have meets no comparison.
  if (variable === 'null') return 'false';
  if (value.subsearch !== undefined) return `${scope.subsearchValue(value.subsearch, operator)}(${variable})`;
  if (parameter !== undefined)
    return `${writer.use('searchTest')}(${quote(operator)}, ${parameter})(${variable})`;
  const everything = /^\*+$/.test(value.text) && !value.literalStars?.length;
  if (everything && operator === '=') return `(${variable} !== null)`;
  if (everything && operator === '!=') return 'false';
  const test = writer.constant(
    'matches',
    `${writer.use('searchTest')}(${quote(operator)}, ${quote(value.text)}${options(value)})`,
  );
  const number = parseNumber(value.text);
  const symbol = { '=': '===', '!=': '!==' }[operator as string] ?? operator;
  return Number.isNaN(number)
    ? `${test}(${variable})`
    : `(typeof ${variable} === "number" ? ${variable} ${symbol} ${literal(number)} : ${test}(${variable}))`;
}

function term(value: SearchValue, scope: SearchScope, writer: Writer): string {
  const parameter = dynamic(value, scope);
  if (parameter === undefined && /^\*+$/.test(value.text) && !value.literalStars?.length) return 'true';
  const raw = scope.read('_raw');
  const text = `${writer.use('rawText')}(${raw}, () => ${scope.text()})`;
  if (parameter !== undefined) return `${writer.use('term')}(${parameter})(${text})`;
  if (value.directive === 'TERM') {
    const test = writer.constant('hasTerm', `${writer.use('wholeTerm')}(${quote(value.text)})`);
    return `${test}(${text})`;
  }
  const stars = value.literalStars?.length ? `, ${literal(value.literalStars)}` : '';
  const flag = value.directive === 'CASE' ? ', true' : stars === '' ? '' : ', false';
  const test = writer.constant('hasTerm', `${writer.use('term')}(${quote(value.text)}${flag}${stars})`);
  return `${test}(${text})`;
}

/** Every field a search expression reads. */
export function searchFields(expression: SearchExpression): string[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.flatMap(searchFields);
    case 'not':
      return searchFields(expression.operand);
    case 'comparison':
    case 'in':
      return [expression.field.name];
    case 'term':
      return ['_raw'];
    case 'time':
      return ['_time', '_indextime'];
    default:
      return [];
  }
}

/** Whether it looks at the row as a whole. */
export function searchReadsRow(expression: SearchExpression): boolean {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.some(searchReadsRow);
    case 'not':
      return searchReadsRow(expression.operand);
    default:
      return expression.kind === 'subsearch';
  }
}

/** The conditions that must all hold. */
export function conjuncts(expression: SearchExpression): readonly SearchExpression[] {
  return expression.kind === 'and' ? expression.operands.flatMap(conjuncts) : [expression];
}
