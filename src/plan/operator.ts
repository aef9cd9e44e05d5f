// The closed set of operators that every command reduces to; code is generated from them alone.
import type { DataModelName } from '../syntax/data-model-name.js';
import type { Expression, Pipeline, SearchExpression } from '../syntax/tree.js';

/** Plain data handed to a runtime function: it ends up as a quoted literal in generated code. */
export type Literal = string | number | boolean | null | undefined | readonly Literal[] | LiteralRecord;
export interface LiteralRecord {
  readonly [name: string]: Literal;
}

/** Subsearches inside an expression, planned. */
export type Subsearches = ReadonlyMap<Pipeline, Operator>;

/** A condition on a row. */
export type Predicate =
  /** `where`: keeps rows for which the expression is true (not null). */
  | { readonly kind: 'eval'; readonly expression: Expression; readonly subsearches: Subsearches }
  /** `search`: without case, with wildcards. */
  | {
      readonly kind: 'search';
      readonly expression: SearchExpression;
      readonly subsearches: Subsearches;
    }
  /** `regex`: one matching value of the field is enough; with `negated` none may match. */
  | { readonly kind: 'regex'; readonly field: string; readonly pattern: string; readonly negated: boolean };

/** Reads events: those the caller gives, or none for a search that makes its own rows. */
export interface ScanOperator {
  readonly op: 'scan';
  /** A condition that the source may use to read less; the search tests it again. */
  readonly hint?: readonly SearchExpression[];
  /** The rows of this data-model data set, which the source makes: fields without prefix, calculations done. */
  readonly dataset?: string;
}

export interface FilterOperator {
  readonly op: 'filter';
  readonly input: Operator;
  readonly predicate: Predicate;
}

/** Computes fields one after another; each sees those before it. */
export interface ExtendOperator {
  readonly op: 'extend';
  readonly input: Operator;
  readonly fields: readonly Assignment[];
}
export interface Assignment {
  readonly name: string;
  /** `eval {name}=…`: the field is named by the value of a field, perhaps amid literal text. */
  readonly dynamicName?: boolean;
  readonly value: Expression;
  readonly subsearches?: Subsearches;
  /** Rows that do not meet this have no value in the field. */
  readonly when?: Predicate & { readonly kind: 'search' };
}

/** Keeps or removes fields by name or wildcard; what removes internal fields begins with `_` itself. */
export interface ProjectOperator {
  readonly op: 'project';
  readonly input: Operator;
  readonly mode: 'keep' | 'remove';
  readonly fields: readonly string[];
  /** With `keep`: fields beginning with `_` stay although they are not named (`fields`, not `table`). */
  readonly internal?: boolean;
}

export interface RenameOperator {
  readonly op: 'rename';
  readonly input: Operator;
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
}

/** One aggregate with its input and its output field. */
export interface PlannedAggregation {
  readonly function: string;
  readonly parameter?: number;
  /** A field, perhaps with wildcards; then `as` has as many. */
  readonly field?: string;
  readonly expression?: Expression;
  /** Of `sparkline(avg(x), 1h)`: the function drawn, and the seconds of a point where they are written. */
  readonly drawn?: { readonly function: string; readonly span?: number };
  readonly as: string;
}

/** An expression over the results of aggregates, each of which it reads as a field of that name. */
export interface PlannedFormula {
  readonly as: string;
  readonly formula: Expression;
  readonly over: readonly PlannedAggregation[];
}

/** Groups rows: one row per combination of values of `by`. */
export interface AggregateOperator {
  readonly op: 'aggregate';
  readonly input: Operator;
  readonly aggregations: readonly PlannedAggregation[];
  readonly by: readonly string[];
  /** Names of the group fields in the result, where they differ from `by`. */
  readonly byNames?: readonly string[];
  /** Groups rows without a `by` field under this text instead of leaving them out. */
  readonly fillNull?: string;
  /** A field is used only if all its values are numbers. */
  readonly allNumeric?: boolean;
  /** A repeated value of a multivalue `by` field counts once. */
  readonly dedupSplitValues?: boolean;
  /** What list() and values() are joined with where nomv follows. */
  readonly delimiter?: string;
  /** Where no `by` field is given and no row arrives, still makes one row. */
  readonly rowForNone?: boolean;
}

/** Adds aggregates of the whole input, by group, to every row (`eventstats`). */
export interface WindowOperator {
  readonly op: 'window';
  readonly input: Operator;
  readonly aggregations: readonly PlannedAggregation[];
  readonly by: readonly string[];
  readonly allNumeric?: boolean;
}

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
  readonly type: 'auto' | 'num' | 'str' | 'ip';
}
export interface SortOperator {
  readonly op: 'sort';
  readonly input: Operator;
  readonly keys: readonly SortKey[];
  /** Rows kept; 0 keeps all. */
  readonly limit: number;
  /** Name of the limit in messages when it cut rows that the author did not ask to cut. */
  readonly limitName?: string;
  readonly reverse?: boolean;
}

export interface LimitOperator {
  readonly op: 'limit';
  readonly input: Operator;
  readonly count: number;
  readonly from: 'start' | 'end';
  /** With `start`: the limit of the run that takes the place of `count`; cutting rows by it is told. */
  readonly limitName?: string;
}

export interface DedupOperator {
  readonly op: 'dedup';
  readonly input: Operator;
  readonly fields: readonly string[];
  readonly count: number;
  readonly keepEvents: boolean;
  readonly keepEmpty: boolean;
  readonly consecutive: boolean;
}

/** One row per value of a multivalue field. */
export interface ExpandOperator {
  readonly op: 'expand';
  readonly input: Operator;
  readonly field: string;
  /** Values used of each row; 0 for all. */
  readonly limit: number;
}

export interface JoinOperator {
  readonly op: 'join';
  readonly input: Operator;
  readonly right: Operator;
  /** Empty: all fields that both sides have. */
  readonly fields: readonly string[];
  readonly type: 'inner' | 'left';
  readonly overwrite: boolean;
  readonly useTime: boolean;
  readonly earlier: boolean;
  /** Matches per row; 0 for all. */
  readonly max: number;
}

/** Rows of several searches one after the other. */
export interface UnionOperator {
  readonly op: 'union';
  readonly inputs: readonly Operator[];
}

/**
 * A named function of the runtime for what nothing else expresses. `values`: from the values of `reads` to those of
 * `writes`, in a stream. `row`: changes one row at a time, in a stream. `rows`: takes all rows, gives other rows.
 * `fold`: takes rows one by one, gives others in the end. `generate`: makes rows, has no input.
 */
export interface ApplyOperator {
  readonly op: 'apply';
  readonly kind: 'values' | 'row' | 'rows' | 'fold' | 'generate';
  readonly function: string;
  readonly input?: Operator;
  readonly arguments: LiteralRecord;
  /** Compiled to functions of a row. */
  readonly expressions?: Readonly<
    Record<string, { readonly value: Expression } | { readonly test: Predicate }>
  >;
  /** Compiled to functions that run the search and give its rows. */
  readonly searches?: Readonly<Record<string, Operator>>;
  /** Compiled to functions of rows (appendpipe, foreach bodies): the operator tree reads `given`. */
  readonly pipes?: Readonly<Record<string, Operator>>;
  /** Fields it reads, when it is known not to read or need others. */
  readonly reads?: readonly string[];
  /** `row` only: the fields it may set, when known; every other field passes through. */
  readonly writes?: readonly string[];
  /** Names of the columns that come out, when they are all known. */
  readonly columns?: readonly string[];
}

/** The rows that a `pipes` function was called with. */
export interface GivenOperator {
  readonly op: 'given';
}

/** Marks the end of a command, where rows are counted. */
export interface MarkOperator {
  readonly op: 'mark';
  readonly input: Operator;
  /** Position of the command in the search, from 0. */
  readonly index: number;
  readonly command: string;
}

export type Operator =
  | ScanOperator
  | FilterOperator
  | ExtendOperator
  | ProjectOperator
  | RenameOperator
  | AggregateOperator
  | WindowOperator
  | SortOperator
  | LimitOperator
  | DedupOperator
  | ExpandOperator
  | JoinOperator
  | UnionOperator
  | ApplyOperator
  | GivenOperator
  | MarkOperator;

/** Whether the first command of a search reads events, rather than making its own rows. */
export function readsEventsFirst(plan: Operator): boolean {
  const scans = (operator: Operator): boolean =>
    operator.op === 'scan' || inputsOf(operator).some((input) => scans(input));
  const first = (operator: Operator): Operator | undefined => {
    if (operator.op === 'mark' && operator.index === 0) return operator;
    for (const input of inputsOf(operator)) {
      const found = first(input);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const command = first(plan);
  return command !== undefined && scans(command);
}

function inputsOf(operator: Operator): readonly Operator[] {
  if (operator.op === 'union') return operator.inputs;
  return 'input' in operator && operator.input !== undefined ? [operator.input] : [];
}

/** What a command may ask while it reduces itself to operators. */
export interface PlanContext {
  readonly timezone: string;
  /** The data set whose events are given, with fields without its prefix. */
  readonly dataModel?: string;
  /** Plans a subsearch; its events are those of the whole search. */
  readonly search: (pipeline: Pipeline) => Operator;
  /** Plans commands that go on from an operator. */
  readonly continue: (pipeline: Pipeline, input: Operator) => Operator;
  /** Plans commands that go on from rows given to them (appendpipe). */
  readonly pipe: (pipeline: Pipeline) => Operator;
  /** Plans every subsearch of an expression. */
  readonly subsearches: (expression: Expression | SearchExpression) => Subsearches;
  /** Reads SPL held in a string (map search="…", savedsearch). */
  readonly parse: (text: string) => Pipeline;
  readonly parseExpression: (text: string) => Expression;
  readonly parseSearchExpression: (text: string) => SearchExpression;
  readonly dataset: (name: string) => DatasetPlan | undefined;
  /** Ends planning of a search that names a data set which no model has. */
  readonly refuseDataset: (name: string) => never;
  /**
   * Plans the saved search of a name with its `$tokens$` replaced; refuses what is not given, and a search that runs
   * itself.
   */
  readonly savedSearch: (name: string, replacements?: ReadonlyMap<string, string>) => Operator;
  /** Ends planning of this search with a message for the author. */
  readonly refuse: (message: string, help?: string, code?: string) => never;
}

/** A data-model data set as planning needs it: the rows of the data set with unprefixed fields. */
export interface DatasetPlan {
  /** Events, constraints and calculations as operators over a scan. */
  readonly operator: Operator;
  /** Names from the root to this data set. */
  readonly lineage: readonly string[];
  /** Own and inherited fields; `owner` is the path that stands before the name in a search. */
  readonly fields: readonly { readonly name: string; readonly owner: string }[];
  /** What a name of a field in a search over the data set means. */
  readonly resolve: (name: string) => DataModelName;
  /** The data sets of the same root by their path, such as `All_Changes.Account_Management`. */
  readonly nodes: ReadonlyMap<string, DatasetNode>;
  /** The rows were given as they are: they may lack the tags that they had as events. */
  readonly isGiven: boolean;
}

/** How an event of a planned data set becomes one of another with the same root. */
export interface DatasetNode {
  /** From below what the two have in common, down to the node; none for the data set itself and its parents. */
  readonly levels: readonly DatasetLevel[];
  /** Fields that are declared at any level of the node's lineage. */
  readonly fields: DatasetPlan['fields'];
}
export interface DatasetLevel {
  readonly path: string;
  /** Search expressions, all of which must hold. */
  readonly constraints: readonly string[];
  /** Adds the fields that the level computes. */
  readonly calculate: (input: Operator) => Operator;
  /** Names of those fields. */
  readonly calculated: readonly string[];
}
