// The record that describes one SPL command: everything the program and its documentation know of it.

import type { Operator, PlanContext } from '../plan/operator.js';
import type { FieldSet } from '../syntax/field-set.js';
import type { Grammar } from '../syntax/grammar.js';
import type { CheckContext } from '../syntax/language.js';
import type { FieldName } from '../syntax/tree.js';
import type { CommandUses } from '../syntax/uses.js';

/** An executable example: shown in the reference and run as a test. */
export interface Example {
  readonly title: string;
  readonly spl: string;
  readonly input?: readonly Readonly<Record<string, unknown>>[];
  readonly output: readonly Readonly<Record<string, unknown>>[];
  /** Pinned now(), epoch seconds. */
  readonly now?: number;
  readonly lookups?: Readonly<Record<string, string>>;
  /** Texts of saved searches by name. */
  readonly savedSearches?: Readonly<Record<string, string>>;
}

/** Splunk's own classification of commands. */
export type CommandType =
  | 'generating'
  | 'streaming'
  | 'transforming'
  | 'orchestrating'
  | 'dataset processing';

export interface CommandDefinition<A> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** Page of the Search Reference that the semantics come from. */
  readonly source: string;
  /** Derived from the grammar unless the record says it better. */
  readonly usage: string;
  readonly type: CommandType;
  /** Reads and prints the arguments; parse(print(a)) equals a. */
  readonly grammar: Grammar<A>;
  // Methods, not function properties, so that records of any argument shape stand in one catalogue.
  /** Which fields come out, given which go in. */
  fields(args: A, input: FieldSet): FieldSet;
  /** Fields that it reads, beside those in its expressions and aggregates. */
  reads?(args: A): readonly FieldName[];
  /** Whether it reads every field there is, whatever they are called: it writes whole rows or looks at all columns. */
  readsAll?(args: A): boolean;
  /** Names of the author's choice that it gives to fields, beside the AS of aggregates. */
  sets?(args: A): readonly FieldName[];
  /** Lookups and data models that it names. */
  uses?(args: A): CommandUses;
  /** Whether a generating command may stand behind others (inputlookup append=t); default no. */
  mayFollow?(args: A): boolean;
  /** Reports what the grammar alone can't see: a regex that does not compile, options that exclude each other. */
  check?(args: A, context: CheckContext): void;
  /** Reduces the command to operators; absent exactly when `unsupported` says why. */
  plan?(args: A, input: Operator, context: PlanContext): Operator;
  /** The command that must come right behind it, for it only begins the statistics that this one finishes. */
  readonly finishedBy?: string;
  /** Why the command cannot be run locally; the detection still builds. */
  readonly unsupported?: string;
  /** Options that are read and change no result here, each with the reason in one sentence. */
  readonly withoutEffect?: Readonly<Record<string, string>>;
  /** How our behaviour differs from Splunk's, one sentence each. */
  readonly differences?: readonly string[];
  readonly examples: readonly Example[];
}

type Written<A> = Omit<CommandDefinition<A>, 'usage' | 'examples'> & {
  readonly usage?: string;
  readonly examples?: readonly Example[];
};

/** Types a command record; keeps the arguments' type between grammar, fields and plan. */
export function defineCommand<A>(definition: Written<A>): CommandDefinition<A> {
  return {
    ...definition,
    usage: definition.usage ?? `${definition.name} ${definition.grammar.usage}`.trimEnd(),
    examples: definition.examples ?? [],
  };
}
