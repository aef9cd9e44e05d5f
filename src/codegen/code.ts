// Pieces of generated code and what is known of them before they run; questions about expressions that need no generator.
import type { Span } from '../diagnostic/diagnostic.js';
import { formatScalar } from '../runtime/number.js';
import type { FieldValue } from '../runtime/value.js';
import { type Call, fieldsOf } from '../syntax/expression-parts.js';
import type { Expression } from '../syntax/tree.js';
import type { KnownArgument } from './catalogue.js';
import { literal } from './quote.js';

/** Functions that look at the whole event, so the run must know which row is at hand. */
const rowReaders = new Set(['spath', 'getfields', 'lookup', 'searchmatch', 'sigfig']);

/** Code of a value and what is known of it. */
export interface Code {
  readonly code: string;
  readonly type: 'string' | 'number' | 'boolean' | 'any';
  readonly nullable: boolean;
  readonly constant?: FieldValue;
  /** The field it reads, for a bare field. */
  readonly field?: string;
}

/** Where fields come from at the place an expression stands. */
export interface Scope {
  /** Code for a field's value. */
  readonly read: (name: string) => string;
  /** Code for a token such as `<<FIELD>>`, or undefined where none is bound. */
  readonly token?: (text: string) => Code | undefined;
  /** Code for what a token stands for as text, inside a string. */
  readonly tokenText?: (text: string) => string;
  /** Code for a row object with every field. */
  readonly row: () => string;
  /** Code for a function of a row that tests a search expression text. */
  readonly searchMatch?: (text: string, span: Span) => string;
  readonly subsearch?: (expression: Expression & { kind: 'subsearch' }) => string;
  /** Code of the condition that the rows of a subsearch stand for. */
  readonly subsearchCondition?: (expression: Expression & { kind: 'subsearch' }) => string;
}

export function constant(value: FieldValue): Code {
  const type =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? (typeof value as 'string' | 'number' | 'boolean')
      : 'any';
  return { code: literal(value), type, nullable: value === null, constant: value };
}

/** The shape of an arithmetic expression over numbers and fields, whose digits sigfig judges; undefined for others. */
export function operandShape(expression: Expression | undefined): KnownArgument | undefined {
  if (expression?.kind !== 'binary' || !/^[-+*/]$/.test(expression.operator)) return undefined;
  const operands = [expression.left, expression.right].map((side): KnownArgument => {
    if (side.kind === 'number') return { kind: 'constant', value: side.value, text: side.text };
    if (side.kind === 'field') return { kind: 'field', name: side.name };
    return operandShape(side) ?? { kind: 'expression', returns: 'any' };
  });
  return { kind: 'expression', returns: 'number', operator: expression.operator, operands };
}

export function shapeOf(value: Code): KnownArgument {
  if (value.constant !== undefined) return { kind: 'constant', value: value.constant };
  if (value.field !== undefined) return { kind: 'field', name: value.field };
  return { kind: 'expression', returns: value.type };
}

export function choose(branches: readonly (readonly [string, Code])[], otherwise: Code): Code {
  const codes = [...branches.map(([, code]) => code), otherwise];
  let code = otherwise.code;
  for (const [test, value] of [...branches].reverse()) {
    code = test === 'true' ? value.code : test === 'false' ? code : `(${test} ? ${value.code} : ${code})`;
  }
  return { code, type: commonType(codes), nullable: codes.some((item) => item.nullable) };
}

export function commonType(codes: readonly Code[]): Code['type'] {
  const types = new Set(codes.filter((code) => code.constant !== null).map((code) => code.type));
  return types.size === 1 ? ([...types][0] as Code['type']) : 'any';
}

export function isTruth(value: FieldValue): boolean {
  return (
    value === true ||
    (typeof value === 'number' && value !== 0) ||
    (typeof value === 'string' && /^(?:true|t|1)$/i.test(value))
  );
}

export function plainText(value: FieldValue): string {
  return Array.isArray(value) || value === null ? '' : formatScalar(value);
}

/** Whether a call looks at the event itself; spath with a path is given its text. */
export function readsRow(call: Call): boolean {
  const name = call.name.toLowerCase();
  return rowReaders.has(name) && !(name === 'spath' && call.arguments.length > 1);
}

export function firstField(expression: Expression): string | undefined {
  return fieldsOf(expression)[0];
}
