// The record that describes one eval function.
import type { FieldValue } from '../runtime/value.js';

/** A value inside an expression: booleans exist here only, between comparison and if/where. */
export type EvalValue = FieldValue;

/** What an eval function may ask beside its arguments. One per run, so it may also hold what a run remembers. */
export interface EvalContext {
  /** Epoch seconds: the start of the search. */
  readonly now: number;
  /** IANA zone. */
  readonly timezone: string;
  /** The current row's own value of a field, for functions that read the event (spath with one argument, getfields). */
  readonly field: (name: string) => FieldValue | undefined;
  /** Names of the current row's fields, in order. */
  readonly fieldNames?: () => readonly string[];
  /** Whether the current row matches the text of a search expression, for searchmatch(). */
  readonly searchMatches?: (search: string) => boolean;
  /** A named lookup's values of the `outputs` for one input, by output name; for lookup(). */
  readonly lookup?: (
    name: string,
    input: ReadonlyMap<string, FieldValue>,
    outputs: readonly string[],
  ) => ReadonlyMap<string, FieldValue> | null;
  /** The same random sequence in every run of the same search; from 0 up to 1. */
  readonly random: () => number;
  /** Told once per text of anything a person should know, such as a regex that was given up. */
  readonly warn?: (message: string) => void;
  /** What functions with a memory (cluster) keep during one run. */
  readonly memory?: Map<string, unknown>;
}

/**
 * An executable function: the context, then the arguments in order. Arguments are positional, not an array, so that
 * generated code calls it like any other function. An absent optional argument is `undefined`; null is Splunk's NULL.
 */
export type Evaluate = (context: EvalContext, ...args: FieldValue[]) => FieldValue;

/** What is known of an argument before the search runs. */
export type ArgumentShape =
  /** A literal, or an expression that was folded. */
  | {
      readonly kind: 'constant';
      readonly value: FieldValue /** A number literal as written. */;
      readonly text?: string;
    }
  /** A field: its text may stand for a number. */
  | { readonly kind: 'field'; readonly name: string }
  /** Anything else, with the type that its operator or function returns where that is known. */
  | {
      readonly kind: 'expression';
      readonly returns: FunctionDefinition['returns'];
      /** An arithmetic operator and the shapes of its operands, for sigfig. */
      readonly operator?: string;
      readonly operands?: readonly ArgumentShape[];
    };

/** What is wrong with a call's constant arguments, found before the search runs. */
export interface ArgumentFault {
  /** Stable code of the diagnostic. */
  readonly code: string;
  /** Index of the argument. */
  readonly argument: number;
  readonly message: string;
  /** Offset inside the constant's text, when known. */
  readonly offset?: number;
  readonly help?: string;
  readonly severity?: 'error' | 'warning';
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
   * How the generator calls it: `eager` evaluates every argument first; `lazy` gets thunks (if, case, coalesce), and
   * the generator may write the few it knows as conditional expressions instead; `expression` (mvmap, mvfilter)
   * evaluates one argument once per value of a multivalue field, with the field bound to that value.
   */
  readonly style: 'eager' | 'lazy' | 'expression';
  /** For `eager`. Multivalue arguments arrive as arrays. */
  readonly evaluate?: Evaluate;
  /**
   * For `eager`: called once per call site with what is known of the arguments, before any row; returns a faster or
   * better informed function with the same signature (a regex compiled once; isnum of a literal), or undefined.
   */
  readonly prepare?: (shapes: readonly ArgumentShape[]) => Evaluate | undefined;
  /** Finds what is wrong with constant arguments (a regex that does not compile). */
  readonly check?: (shapes: readonly ArgumentShape[]) => ArgumentFault | null;
  /** For `lazy`: each thunk evaluates one argument when called. */
  readonly evaluateLazy?: (args: readonly (() => FieldValue)[], context: EvalContext) => FieldValue;
  /**
   * For `expression`: `value` is what the field (mvfilter: the one field of the predicate; mvmap: its first
   * argument) holds, `each(item)` evaluates the expression with the field bound to one item.
   */
  readonly evaluateEach?: (
    value: FieldValue,
    each: (value: FieldValue) => FieldValue,
    context: EvalContext,
  ) => FieldValue;
  /**
   * May be folded at compile time when every argument is a constant: it asks neither for the clock nor for the time
   * zone of the run, nor for chance.
   */
  readonly pure: boolean;
  readonly differences?: readonly string[];
  readonly examples: readonly FunctionExample[];
}

/** Types a function record. */
export function defineFunction(definition: FunctionDefinition): FunctionDefinition {
  return definition;
}
