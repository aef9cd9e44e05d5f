// The tree of a PCRE pattern, with flags already applied to the nodes they govern.
import type { Ranges } from './charset.js';

/** A set of characters; `properties` are Unicode properties in the form JavaScript writes them, `\p{…}` or `\P{…}`. */
export interface SetNode {
  readonly kind: 'set';
  readonly ranges: Ranges;
  readonly properties: readonly string[];
  readonly negate: boolean;
  readonly caseless: boolean;
}

export type AssertionKind =
  | 'line-start' // ^ with m
  | 'line-end' // $ with m
  | 'start' // \A, ^
  | 'end' // \z
  | 'end-or-newline' // \Z, $
  | 'word-boundary'
  | 'not-word-boundary'
  | 'search-start'; // \G

export type RegexNode =
  | { readonly kind: 'char'; readonly code: number; readonly caseless: boolean }
  | SetNode
  /** `.`: all says whether newline is included. */
  | { readonly kind: 'any'; readonly all: boolean }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'alternation'; readonly branches: readonly RegexNode[] }
  | { readonly kind: 'capture'; readonly index: number; readonly body: RegexNode }
  | { readonly kind: 'atomic'; readonly body: RegexNode }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly body: RegexNode }
  | {
      readonly kind: 'repeat';
      readonly body: RegexNode;
      readonly min: number;
      /** `Infinity` without end. */
      readonly max: number;
      readonly mode: 'greedy' | 'lazy' | 'possessive';
    }
  | { readonly kind: 'reference'; readonly groups: readonly number[]; readonly caseless: boolean }
  | { readonly kind: 'assertion'; readonly what: AssertionKind }
  /** `\K`: the match is said to begin here. */
  | { readonly kind: 'keep' }
  /** `(?(1)yes|no)`. */
  | {
      readonly kind: 'conditional';
      readonly groups: readonly number[];
      readonly yes: RegexNode;
      readonly no: RegexNode;
    }
  /** `\R`. */
  | { readonly kind: 'newline' }
  | { readonly kind: 'fail' };

/** A parsed pattern. */
export interface RegexTree {
  readonly root: RegexNode;
  /** Number of capturing groups. */
  readonly groupCount: number;
  /** Named groups in order; a name that may stand twice has two entries. */
  readonly names: readonly { readonly name: string; readonly index: number }[];
  /** Whether (?| … ) gave several groups the same number. */
  readonly branchReset: boolean;
}

/** A pattern that PCRE would refuse; `offset` points into the pattern. */
export class RegexSyntaxError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = 'RegexSyntaxError';
    this.offset = offset;
  }
}
