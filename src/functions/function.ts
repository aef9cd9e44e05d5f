// The record that describes one eval function.
import type { FieldValue } from '../runtime/value.js';

/** A value inside an expression: booleans exist here only, between comparison and if/where. */
export type EvalValue = FieldValue;

/** What an eval function may ask beside its arguments. */
export interface EvalContext {
  /** Epoch seconds. */
  readonly now: number;
  /** IANA zone. */
  readonly timezone: string;
  /** The row's own value of a field, for functions that read the event (searchmatch, spath). */
  readonly field: (name: string) => FieldValue | undefined;
  /** A named lookup's rows, for lookup(). */
  readonly lookup?: (
    name: string,
    input: Readonly<Record<string, FieldValue>>,
    outputs: readonly string[],
  ) => FieldValue;
  /** The same random sequence in every run of the same search. */
  readonly random: () => number;
}

/** An executable example: `expression` over a row of `fields` gives `result`. */
export interface FunctionExample {
  readonly title?: string;
  readonly expression: string;
  readonly fields?: Readonly<Record<string, FieldValue>>;
  readonly result: FieldValue;
  readonly now?: number;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** Page of the Search Reference. */
  readonly source: string;
  readonly usage: string;
  readonly parameters: {
    readonly min: number;
    /** `Infinity` for any number. */
    readonly max: number;
    /** Arguments come in pairs (case, validate). */
    readonly pairs?: boolean;
  };
  readonly returns: 'string' | 'number' | 'boolean' | 'multivalue' | 'any';
  /**
   * `propagate`: a null argument makes the result null without a call.
   * `receive`: evaluate sees the nulls.
   */
  readonly nulls: 'propagate' | 'receive';
  /**
   * How the generator calls it: `eager` evaluates every argument first; `lazy` gets thunks (if, case, coalesce);
   * `expression` gets one expression over a bound `x`-like name (mvmap, mvfilter).
   */
  readonly style: 'eager' | 'lazy' | 'expression';
  /** For `eager`. Multivalue arguments arrive as arrays. */
  readonly evaluate?: (args: readonly FieldValue[], context: EvalContext) => FieldValue;
  /** For `lazy`: each thunk evaluates one argument when called. */
  readonly evaluateLazy?: (args: readonly (() => FieldValue)[], context: EvalContext) => FieldValue;
  /** For `expression`: `each(value)` evaluates the expression with the field bound to one value of the multivalue. */
  readonly evaluateEach?: (
    value: FieldValue,
    each: (value: FieldValue) => FieldValue,
    context: EvalContext,
  ) => FieldValue;
  /** May be folded at compile time when every argument is a constant (not now(), random(), time()). */
  readonly pure: boolean;
  readonly differences?: readonly string[];
  readonly examples: readonly FunctionExample[];
}

/** Types a function record. */
export function defineFunction(definition: FunctionDefinition): FunctionDefinition {
  return definition;
}
