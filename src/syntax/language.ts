// What the syntax room needs to know of the catalogues, which are handed in and never imported.
import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import type { FieldSet } from './field-set.js';
import type { Grammar } from './grammar.js';
import type { Command, FieldName } from './tree.js';
import type { CommandUses } from './uses.js';

/** What a command's own check may use. */
export interface CheckContext {
  readonly language: SyntaxLanguage;
  readonly command: Command;
  report(diagnostic: SpanDiagnostic): void;
}

/** The part of a command record that reading and checking a search needs. */
export interface CommandSyntax {
  readonly name: string;
  readonly type: string;
  // The catalogue holds grammars of many shapes; each is only ever given back what it has read itself. Methods, not
  // function properties, let a record of any shape stand in the catalogue.
  readonly grammar: Grammar<unknown>;
  fields(args: unknown, input: FieldSet): FieldSet;
  /** Fields that it reads, beside those in its expressions and aggregates. */
  reads?(args: unknown): readonly FieldName[];
  /** Whether it reads every field there is, whatever they are called: it writes whole rows or looks at all columns. */
  readsAll?(args: unknown): boolean;
  /** Names of the author's choice that it gives to fields, beside the AS of aggregates. */
  sets?(args: unknown): readonly FieldName[];
  /** Lookups and data models that it names. */
  uses?(args: unknown): CommandUses;
  /** Reports what the grammar alone can't see: a regex that does not compile, options that exclude each other. */
  check?(args: unknown, context: CheckContext): void;
  readonly unsupported?: string;
  /** Options that change no result, by name; also none of what the other members say. */
  readonly withoutEffect?: Readonly<Record<string, string>>;
  /** Whether a generating command may stand behind others. */
  mayFollow?(args: unknown): boolean;
}

/** What is known of a function's argument before the search runs. */
export type ArgumentShape =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null | (string | number)[] }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'expression'; readonly returns: ReturnType };

export type ReturnType = 'string' | 'number' | 'boolean' | 'multivalue' | 'any';

/** What is wrong with a call's constant arguments. */
export interface ArgumentFault {
  readonly code: string;
  /** Index of the argument. */
  readonly argument: number;
  readonly message: string;
  readonly help?: string;
  readonly severity?: 'error' | 'warning';
}

/** The part of an eval function's record that checking a search needs. */
export interface FunctionSyntax {
  readonly name: string;
  readonly parameters: { readonly min: number; readonly max: number; readonly pairs?: boolean };
  readonly returns: ReturnType;
  readonly check?: (shapes: readonly ArgumentShape[]) => ArgumentFault | null;
}

/** The part of an aggregate's record that reading and checking a search needs. */
export interface AggregateSyntax {
  readonly name: string;
  readonly argument: 'none' | 'optional' | 'required';
  readonly parameter?: { readonly min: number; readonly max: number; readonly default?: number };
}

/** The catalogues by name, aliases included. */
export interface SyntaxLanguage {
  readonly commands: ReadonlyMap<string, CommandSyntax>;
  readonly functions: ReadonlyMap<string, FunctionSyntax>;
  readonly aggregates: ReadonlyMap<string, AggregateSyntax>;
}

/** Puts the records of a catalogue into a map by name and alias. */
export function byName<R extends { readonly name: string; readonly aliases?: readonly string[] }>(
  records: readonly R[],
): ReadonlyMap<string, R> {
  const map = new Map<string, R>();
  for (const record of records) {
    map.set(record.name, record);
    for (const alias of record.aliases ?? []) map.set(alias, record);
  }
  return map;
}
