// What the functions behind `apply` operators are: named code that commands use where no operator expresses them.
import type { Run } from '../run.js';
import type { FieldValue, Row } from '../value.js';

/** Values of the tokens of foreach: the field at hand and what its wildcards stand for. */
export interface Token {
  /** Text with its tokens replaced. */
  fill(text: string): string;
  /** The value of one token; `<<FIELD>>` is the value of the field that it names. */
  value(token: string, row: Row): FieldValue;
  /** What one token stands for as text, inside a string. */
  text(token: string): FieldValue;
}

/** Expressions, searches and continued searches of one use, compiled. */
export interface Hooks {
  readonly [name: string]:
    | ((row: Row, token: Token) => FieldValue)
    | ((row?: Row | null) => Promise<Row[]>)
    | ((rows: readonly Row[]) => Promise<Row[]>);
}

/** What an operator was given, before its function says what it expects. */
export type OperatorArguments = Readonly<Record<string, unknown>>;

/**
 * The arguments of an operator as its function knows them.
 *
 * The one cast of this folder: a plan is data, which emitted modules carry as JSON, so the compiler cannot see that the
 * command that planned an operator and the function behind it mean the same members. Cases of each command run both.
 */
export function argumentsAs<T extends object>(args: OperatorArguments): T {
  return args as T;
}

/** From values of fields to one value, or to several in an array made for them. */
export type ValuesFunction = (
  run: Run,
  args: OperatorArguments,
  hooks?: Hooks,
) => (...values: FieldValue[]) => FieldValue | readonly FieldValue[];

/** Changes one row. Made once per run, so it may keep state from row to row. */
export type RowFunction = (run: Run, args: OperatorArguments, hooks?: Hooks) => (row: Row) => void;

/** Makes rows of rows; those it is given are its own to change. */
export type RowsFunction = (
  run: Run,
  args: OperatorArguments,
  hooks?: Hooks,
) => (rows: Row[]) => Iterable<Row> | Promise<Iterable<Row>>;

/** Takes rows one by one, which are its own to change, and makes others of them in the end. */
export type FoldFunction = (
  run: Run,
  args: OperatorArguments,
  hooks?: Hooks,
) => { push(row: Row): void; rows(): Iterable<Row> | Promise<Iterable<Row>> };

/** Makes rows of nothing. */
export type GenerateFunction = (
  run: Run,
  args: OperatorArguments,
  hooks?: Hooks,
) => () => Iterable<Row> | Promise<Iterable<Row>>;

/** A function of a row compiled from an expression. */
export function expressionHook(
  hooks: Hooks | undefined,
  name: string,
): ((row: Row, token?: Token) => FieldValue) | undefined {
  return hooks?.[name] as ((row: Row, token?: Token) => FieldValue) | undefined;
}
/** A function that runs a search. */
export function searchHook(hooks: Hooks | undefined, name: string): (row?: Row | null) => Promise<Row[]> {
  return hooks?.[name] as (row?: Row | null) => Promise<Row[]>;
}
/** A function that goes on from rows. */
export function pipeHook(hooks: Hooks | undefined, name: string): (rows: readonly Row[]) => Promise<Row[]> {
  return hooks?.[name] as (rows: readonly Row[]) => Promise<Row[]>;
}
