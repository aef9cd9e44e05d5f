// The record every validation rule is: what it checks, how it reports, and examples that are run as tests.
import type { TestFile } from '../content/kinds.js';
import type { ContentObject, Detection, Path, Repository } from '../content/model.js';
import type { Diagnostic, Place, Severity, Span } from '../diagnostic/diagnostic.js';
import type { DataModels } from '../knowledge/data-model.js';
import type { SearchAnalysis } from '../syntax/analyse.js';
import type { Pipeline } from '../syntax/tree.js';
import type { KnownColumns } from './lookup-columns.js';

/**
 * Reports one fault. The code and the severity are the rule's, changed by the settings of the repository.
 *
 * @param place    where the author must look, such as `d.at.value(['name'])`
 * @param message  one plain sentence: lower case, no full stop, the author's text in double quotes
 */
export type Report = (
  place: Place,
  message: string,
  more?: {
    readonly help?: string | undefined;
    readonly notes?: Diagnostic['notes'];
    /** For what the rule demands less strictly, such as in files of older dialects; settings count more. */
    readonly severity?: Severity;
  },
) => void;

/** A search, wherever its text comes from, read by the SPL parser. */
export interface SearchText {
  /** The object whose text it is; a search of the command line has none. */
  readonly owner?: ContentObject;
  /** The text as written, decoded. */
  readonly text: string;
  /** The tree of the text with its macro calls not expanded; spans count units of `text`. */
  readonly pipeline: Pipeline;
  /** All that is known of the search, expanded and parsed; its spans of trees count in the expanded text. */
  readonly analysis: SearchAnalysis;
  /** The data models that it runs over; those that come with us where nothing else is known. */
  readonly dataModels?: DataModels;
  /** Place of a span of `text`. */
  at(span: Span): Place;
  /** Place of a span of the expanded text: of itself, or of the macro call it comes from, which a note then names. */
  locate(span: Span): { readonly place: Place; readonly notes: NonNullable<Diagnostic['notes']> };
}

/** A search of an object. The same one is handed to every rule's `search`. */
export interface AnalysedSearch extends SearchText {
  /** The detection, baseline, investigation or macro whose text it is. */
  readonly owner: ContentObject;
  /** Path of the text in the owner: `['search']`, `['drilldowns', 0, 'search']`, `['definition']`. */
  readonly path: Path;
  /** What the parser found wrong with the text, but for what something else explains. */
  diagnostics(isExplained?: (fault: Pick<Diagnostic, 'code' | 'message'>) => boolean): readonly Diagnostic[];
}

/** Reads a search of an object; handed in, for rules and content know no commands. */
export type SearchAnalyser = (
  owner: ContentObject,
  path: Path,
  text: string,
  repository: Repository,
) => AnalysedSearch | undefined;

/** What rules may ask beyond the object they look at. */
export interface RuleContext {
  readonly repository: Repository;
  /** Whether an ISO day comes after today's in UTC. */
  isFuture(day: string): boolean;
  /** Whether a kind of content has a file with errors for a name, by the stem of the file: the name counts as known. */
  isUnreadable(kind: ContentObject['kind'], name: string): boolean;
  /** Files with errors of YAML or schema. */
  readonly faultyFiles: readonly string[];
  isFaulty(file: string): boolean;
  /** Those of them that hold an object which nobody can read. */
  readonly unreadableFiles: readonly string[];
  /** Names that `isUnreadable` is true of, each as kind and name. */
  readonly unreadableNames: readonly string[];
  /** Stems of the files of a kind with errors, in lower case. */
  unreadableStems(kind: ContentObject['kind']): Iterable<string>;
  /** Bytes of a file of the repository by its relative path; undefined when it is not there or leads out of it. */
  readFile(file: string): Uint8Array | undefined;
  /** Whether a file of the repository is there. */
  hasFile(file: string): boolean;
  /** Files that are no YAML in the folders of content, by path. */
  readonly otherFiles: readonly string[];
  /** Objects by name; of several of one name the first by file. */
  byName<K extends ContentObject['kind']>(
    kind: K,
    name: string,
  ): Extract<ContentObject, { kind: K }> | undefined;
  /** Whether any object of a kind has a name; depends on less than `byName`. */
  has(kind: ContentObject['kind'], name: string): boolean;
  /** Whether there is any object of a kind. */
  hasAny(kind: ContentObject['kind']): boolean;
  /** Whether a deployment is for a type of content, or lists a name in its tags. */
  isDeployed(by: 'type' | 'name', what: string): boolean;
  /** The keys of the file that an object was read from, as written in its dialect. */
  raw(object: ContentObject): Readonly<Record<string, unknown>>;
  /** The text of a content file; '' when it could not be read. */
  text(file: string): string;
  /** Tests and assertions from tests/. */
  readonly testFiles: readonly TestFile[];
  /** The source or source type of a data source that one which no data source has is a slip of. */
  nearOrigin(kind: 'source' | 'sourcetype', name: string): string | undefined;
  /** The help text for a name that no object of a kind has. */
  suggest(kind: ContentObject['kind'], name: string): string | undefined;
  /** All names of a kind. */
  names(kind: ContentObject['kind']): Iterable<string>;
  /** Names by which searches may call the lookups of the repository: of definitions, files, and what searches write. */
  lookupNames(): ReadonlySet<string>;
  /** Whether `lookupNames` has a name. */
  hasLookup(name: string): boolean;
  /** Columns of a lookup of the repository by any of its names; undefined where only its use fills it. */
  lookupColumns(name: string): KnownColumns | undefined;
  /** Whether a data model, data source, macro, file with errors or at least two searches name a field. */
  isNamedElsewhere(field: string): boolean;
  /** Of the names of which that is true the one that a field is one letter away from. */
  nearName(field: string): string | undefined;
  /** Whether a field is made of words that other fields have; of the few searches of a small repository nobody knows. */
  isFamiliar(field: string): boolean;
}

/** A small change to the repository that all examples start from. */
export interface RuleExample {
  readonly title: string;
  /** Files added or replaced, by path; `null` removes one. A function is given the text of the base repository. */
  readonly files: Readonly<Record<string, string | null | ((text: string) => string)>>;
}
export interface FailingExample extends RuleExample {
  /** Every diagnostic of this rule, in order, as `file:line:column: message`. */
  readonly found: readonly string[];
}

export interface Rule {
  /** Stable, equal to the file name; printed in brackets. */
  readonly code: string;
  /** `off` for policies of one publisher, which `detc.yml` turns on. */
  readonly severity: Severity | 'off';
  /** What the rule demands, one sentence. */
  readonly summary: string;
  /** Where the demand comes from. */
  readonly source: string;
  /** Why it matters and what to do, for the reference page. */
  readonly docs: string;
  /**
   * Keys of the file, such as `tags.product`, that the whole of something is judged by. Where the schema finds fault with
   * one of them, with what it holds or with what holds it, that is the one fault: of what is left nothing is said.
   */
  readonly restsOn?: readonly string[];
  readonly examples: { readonly pass: readonly RuleExample[]; readonly fail: readonly FailingExample[] };
  /** Looks at one detection. */
  readonly detection?: (detection: Detection, report: Report, context: RuleContext) => void;
  /** Looks at one object of any kind. */
  readonly content?: (object: ContentObject, report: Report, context: RuleContext) => void;
  /**
   * Whether `spl` and `search` look at each command of the pipeline by itself: they ask neither the owner and the context
   * nor what other commands do, so that of a command which passed once no other search needs to be asked.
   */
  readonly isByCommand?: true;
  /**
   * Whether `spl` and `search` look at nothing of the analysis but what its `facts` stand for, and tell of nothing in the
   * search but fields and lookups that stand in them: with the same facts and answers the same is found.
   */
  readonly isByFacts?: true;
  /** Looks at one search for what is doubtful in any search, one on the command line included. */
  readonly spl?: (search: SearchText, report: Report) => void;
  /** Looks at one search as a part of its repository. */
  readonly search?: (search: AnalysedSearch, report: Report, context: RuleContext) => void;
  /** Looks at the repository as a whole, for what concerns several files. */
  readonly repository?: (repository: Repository, report: Report, context: RuleContext) => void;
}

/** Checks the types of a rule record; the record itself is all there is to a rule. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
