// The tree of a search: what the parser makes, the printer prints, rules walk and commands plan from.
import type { Span } from '../diagnostic/diagnostic.js';
import type { CommandSyntax } from './language.js';

/** Key under which a command keeps the record that read it; a symbol, so that trees print as plain JSON. */
export const syntaxOf: unique symbol = Symbol('syntax');

/** Key under which commands of the same text share what was found out about one of them. */
export const readingOf: unique symbol = Symbol('reading');

/** What is known of the text of a command wherever it stands. Two are equal to those who compare trees. */
export class Reading {
  #isSound = false;

  /** Whether the checks of calls have found nothing in it. */
  get isSound(): boolean {
    return this.#isSound;
  }

  markSound(): void {
    this.#isSound = true;
  }
}

/** Of commands that stand alone with their text. */
export const ownReading: Reading = new Reading();

/** A search or subsearch: commands joined by pipes. */
export interface Pipeline {
  readonly kind: 'pipeline';
  /** Whether the text begins with `|`; without it the first command is an (implied) `search`. */
  readonly leadingPipe: boolean;
  readonly commands: readonly Command[];
  readonly span: Span;
}

/** One step of a pipeline. `arguments` has the shape its command's own grammar gives. */
export interface Command {
  readonly kind: 'command';
  /** The command's canonical name in lower case (`search` when it is implied). */
  readonly name: string;
  readonly nameSpan: Span;
  /** True for the `search` that the text leaves out. */
  readonly implied?: boolean;
  /**
   * `undefined` when the command is unknown, its arguments could not be read (a diagnostic says why), or they can be
   * read only after macros or tokens are filled in.
   */
  readonly arguments: unknown;
  /** The arguments as written, when there are some and `arguments` is undefined. */
  readonly raw?: string;
  readonly [syntaxOf]?: CommandSyntax;
  readonly [readingOf]?: Reading;
  /** For a step that is a macro call standing where a command would, before expansion. */
  readonly macro?: MacroCall;
  readonly span: Span;
}

/** A macro call `` `name(a, b)` `` in text that is not expanded. */
export interface MacroCall {
  readonly kind: 'macro';
  readonly name: string;
  /** `undefined` when written without parentheses. Each as written, outer blanks removed. */
  readonly arguments?: readonly string[];
  readonly span: Span;
}

/** A field as written in a list: the name without quotes, perhaps with wildcards. */
export interface FieldName {
  /** In text that is not expanded, may hold a macro call, backticks included. */
  readonly name: string;
  readonly quoted: boolean;
  readonly span: Span;
}

// ---- eval expressions ----------------------------------------------------------------------------------------------

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '.'
  | '='
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'LIKE'
  | 'AND'
  | 'OR'
  | 'XOR';

export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly span: Span }
  | { readonly kind: 'string'; readonly value: string; readonly span: Span }
  /** A field: a bare name, or one in single quotes. */
  | { readonly kind: 'field'; readonly name: string; readonly quoted: boolean; readonly span: Span }
  | {
      readonly kind: 'unary';
      readonly operator: '-' | '+' | 'NOT';
      readonly operand: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  /** `x IN (a, b)`; `in(x, a, b)` is a call. */
  | {
      readonly kind: 'in';
      readonly operand: Expression;
      readonly values: readonly Expression[];
      readonly span: Span;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly nameSpan: Span;
      readonly arguments: readonly Expression[];
      readonly span: Span;
    }
  /** `<<FIELD>>`, `$token$` and the like, filled in by foreach, map or a drilldown. */
  | { readonly kind: 'token'; readonly text: string; readonly span: Span }
  | { readonly kind: 'subsearch'; readonly pipeline: Pipeline; readonly span: Span }
  | MacroCall;

// ---- search expressions (search, tstats where, the first step) -------------------------------------------------------

export type SearchOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/**
 * The right side of a comparison: text with `\\` and `\"` decoded. Every `*` is a wildcard: a backslash can't encodeString it
 * (Search Manual, "Backslashes").
 */
export interface SearchValue {
  readonly text: string;
  readonly quoted: boolean;
  /** Offsets into `text` of asterisks that stand for themselves, in trees made by a program; the parser sets none. */
  readonly literalStars?: readonly number[];
  /** `field=[ … ]`: the value is what the subsearch returns; `text` is empty. */
  readonly subsearch?: Pipeline;
  /** Written as CASE(…) or TERM(…). */
  readonly directive?: 'CASE' | 'TERM';
  readonly span: Span;
}

export type SearchExpression =
  /** Two or more operands. `implicit` = joined by blanks. */
  | {
      readonly kind: 'and';
      readonly operands: readonly SearchExpression[];
      readonly implicit: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'or'; readonly operands: readonly SearchExpression[]; readonly span: Span }
  | { readonly kind: 'not'; readonly operand: SearchExpression; readonly span: Span }
  | {
      readonly kind: 'comparison';
      readonly field: FieldName;
      readonly operator: SearchOperator;
      readonly value: SearchValue;
      readonly span: Span;
    }
  | {
      readonly kind: 'in';
      readonly field: FieldName;
      readonly values: readonly SearchValue[];
      readonly span: Span;
    }
  /** Free text searched for in the raw event: a word or a "phrase". */
  | { readonly kind: 'term'; readonly value: SearchValue; readonly span: Span }
  /** earliest=…, latest=…, starthoursago=… */
  | { readonly kind: 'time'; readonly modifier: string; readonly value: SearchValue; readonly span: Span }
  | { readonly kind: 'subsearch'; readonly pipeline: Pipeline; readonly span: Span }
  /** `()` or nothing at all: every event. */
  | { readonly kind: 'everything'; readonly span: Span }
  | MacroCall;

// ---- statistics ------------------------------------------------------------------------------------------------------

/** One aggregate of stats and its relatives: `dc(user) AS users`, `count`, `sum(eval(a*b))`, `p95(x)`. */
export interface Aggregation {
  /** Canonical lower-case name from the catalogue, without a number (`perc95` is `perc` with parameter 95). */
  readonly function: string;
  readonly functionSpan: Span;
  /** As the author wrote the function (`c`, `perc95`), which names the output field when there is no AS. */
  readonly written: string;
  readonly parameter?: number;
  readonly argument?:
    | FieldName
    /** `eval(…)`: `text` is the expression as written, which names the output field when there is no AS, so it is kept. */
    | {
        readonly expression: Expression;
        readonly text: string;
        readonly span: Span;
        /** Of `eval(…)` as a whole item: the aggregates that its expression computes with, each a call in it. */
        readonly aggregates?: readonly Aggregation[];
      }
    | MacroCall;
  readonly as?: FieldName;
  /** `sparkline(avg(x), 1h)`: the aggregate drawn, and the span of a point as written. */
  readonly sparkline?: { readonly of: Aggregation; readonly span?: string };
  /** The whole item is a macro call, in text that is not expanded; `function` is empty then. */
  readonly macro?: MacroCall;
  readonly span: Span;
}

/** A span of time or of numbers: `span=5m`, `span=1d@d`, `span=10`, `span=2log10`. */
export type BinSpan =
  | { readonly kind: 'time'; readonly count: number; readonly unit: TimeUnit; readonly snap?: string }
  | { readonly kind: 'number'; readonly size: number }
  | { readonly kind: 'log'; readonly coefficient: number; readonly base: number };

/** Units as relative times abbreviate them; `us`, `ms`, `cs` and `ds` are parts of a second. */
export type TimeUnit = 'us' | 'ms' | 'cs' | 'ds' | 's' | 'm' | 'h' | 'd' | 'w' | 'mon' | 'q' | 'y';
