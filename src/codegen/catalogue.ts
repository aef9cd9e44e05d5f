// The little that the generator needs to know of functions and aggregates; the catalogues are handed in.
import type { FieldValue } from '../runtime/value.js';

type Returns = 'string' | 'number' | 'boolean' | 'multivalue' | 'any';

/** What is known of an argument before the search runs. */
export type KnownArgument =
  | { readonly kind: 'constant'; readonly value: FieldValue; readonly text?: string }
  | { readonly kind: 'field'; readonly name: string }
  | {
      readonly kind: 'expression';
      readonly returns: Returns;
      readonly operator?: string;
      readonly operands?: readonly KnownArgument[];
    };

export interface CallableFunction {
  readonly name: string;
  readonly parameters: { readonly min: number; readonly max: number; readonly pairs?: boolean };
  readonly returns: Returns;
  readonly nulls: 'propagate' | 'receive';
  readonly style: 'eager' | 'lazy' | 'expression';
  readonly check?: (arguments_: readonly KnownArgument[]) => {
    readonly code: string;
    readonly argument: number;
    readonly message: string;
    readonly help?: string;
    readonly severity?: 'error' | 'warning';
  } | null;
  readonly pure: boolean;
}

export interface CallableAggregate {
  readonly name: string;
  readonly argument: 'none' | 'optional' | 'required';
}

/** Functions and aggregates by every name they answer to. `fold` evaluates a pure function of constants. */
export interface Catalogue {
  readonly functions: ReadonlyMap<string, CallableFunction>;
  readonly aggregates: ReadonlyMap<string, CallableAggregate>;
  readonly fold: (name: string, values: readonly FieldValue[]) => FieldValue | undefined;
}
