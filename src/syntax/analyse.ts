// One look at a search for everyone who asks about it: expanded, parsed, checked, and with the fields it puts out.
import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { checkCalls } from './check-calls.js';
import { checkSearchTexts } from './check-search-text.js';
import type { CommandMemo, CommandUse } from './command-memo.js';
import { ComposedAnalysis } from './composed-analysis.js';
import { fieldFlow } from './field-flow.js';
import { anyFields, type FieldSet } from './field-set.js';
import type { SyntaxLanguage } from './language.js';
import {
  type EvaluateConstant,
  type Expansion,
  expandMacros,
  type MacroTable,
  type MacroUse,
  nameUnopenedCall,
} from './macros.js';
import { type EventField, type MissingField, type UnmadeFields, unmadeFields } from './missing-fields.js';
import { parsePipelineText } from './pipeline.js';
import { isQuoteFault, type MissingMark, placeMissingQuote } from './quote-repair.js';
import { unclosedSubsearch } from './scan.js';
import type { SearchTrace } from './search-trace.js';
import { type KeptField, keptFields, type SetField, setFields, wildcardsRead } from './set-fields.js';
import { placeMissingEnd } from './subsearch-repair.js';
import type { Pipeline } from './tree.js';
import { collectUses, type SearchUses } from './uses.js';

/** What the reading of a search depends on. */
export interface SearchEnvironment {
  readonly language: SyntaxLanguage;
  readonly macros: MacroTable;
  /** For eval-based macros; without it their calls stay as they are. */
  readonly evaluate?: EvaluateConstant;
  /** Counts the environments of a program that follow each other; absent from those that follow none. */
  readonly number?: number;
  /** Names under which there are other macros, or the same at another place, than in the environment numbered before. */
  readonly changed?: ReadonlySet<string>;
}

/** Everything known of a search before it runs. Spans of trees of the expanded text count in `expansion.text`. */
export interface SearchAnalysis extends SearchUses {
  readonly text: string;
  readonly expansion: Expansion;
  /** The tree of the text as written, macro calls in it. */
  readonly tree: Pipeline;
  /** The tree after expansion, which is what Splunk runs. */
  readonly pipeline: Pipeline;
  /** Faults of syntax, names and calls, sorted; spans count in `text`. */
  readonly diagnostics: readonly SpanDiagnostic[];
  /** In order of first use, those called by other macros included. */
  readonly macros: readonly MacroUse[];
  /** The fields after every command of `pipeline`. */
  readonly fields: readonly FieldSet[];
  /** The fields of the results. */
  readonly output: FieldSet;
  /** Fields that commands read though no result has them; spans count in `expansion.text`. */
  readonly missingFields: readonly MissingField[];
  /** Fields that only events can have; spans count in `expansion.text`. */
  readonly eventFields: readonly EventField[];
  /** Names that its commands give to what they compute; spans count in `expansion.text`. */
  readonly setFields: readonly SetField[];
  /** Names that its transforming commands let through; spans count in `expansion.text`. */
  readonly keptFields: readonly KeptField[];
  /** Names with wildcards that its commands read. */
  readonly wildcardsRead: readonly string[];
  /** Its commands one by one, when none has a fault and they are kept. */
  readonly commands?: readonly CommandUse[];
  /**
   * A text that is the same as long as the search says the same as a whole: in `macros`, `fields`, `eventFields`,
   * `missingFields`, `setFields`, `keptFields`, `wildcardsRead`, `lookups`, their order and `diagnostics`, with calls in the
   * expanded text or without, and each where it was among what the author wrote. Undefined where that is not known.
   */
  readonly facts?: string | undefined;
  /** By which it is known whether the search has the same facts among other macros. There where `facts` are. */
  readonly trace?: SearchTrace;
}

interface Reading {
  readonly expansion: Expansion;
  readonly pipeline: Pipeline;
  readonly diagnostics: readonly SpanDiagnostic[];
  readonly errors: number;
}

/** Expands, parses and checks a search, with a mark put in where that is known to be missing. */
function readSearch(
  text: string,
  { language, macros, evaluate }: SearchEnvironment,
  missing?: MissingMark,
): Reading {
  const expansion = expandMacros(text, macros, evaluate, undefined, missing);
  const isBroken = missing === undefined && expansion.diagnostics.some(isQuoteFault);
  const { tree, diagnostics } = parsePipelineText(
    expansion.text,
    language,
    expansion.isWritten,
    isBroken ? 'broken' : undefined,
  );
  const found: SpanDiagnostic[] = [...diagnostics];
  const add = (diagnostic: SpanDiagnostic): void => void found.push(diagnostic);
  checkCalls(tree, language, add);
  checkSearchTexts(expansion.text, tree, language, add);
  const all = [...expansion.diagnostics];
  for (const fault of found) all.push(nameUnopenedCall(text, expansion.translate(fault), macros));
  if (all.length > 1) all.sort((a, b) => a.span.start - b.span.start);
  return { expansion, pipeline: tree, diagnostics: all, errors: all.filter(isFault).length };
}

/** The tree of a search without faults; undefined where there are some. */
function readTrial(text: string, { language, macros, evaluate }: SearchEnvironment): Pipeline | undefined {
  const expansion = expandMacros(text, macros, evaluate);
  if (expansion.diagnostics.some(isFault)) return undefined;
  const { tree, diagnostics } = parsePipelineText(expansion.text, language, expansion.isWritten, 'trial');
  if (diagnostics.length > 0) return undefined;
  let faults = 0;
  const add = (diagnostic: SpanDiagnostic): void => void (isFault(diagnostic) && faults++);
  checkCalls(tree, language, add);
  checkSearchTexts(expansion.text, tree, language, add);
  return faults > 0 ? undefined : tree;
}

/** Whether a diagnostic says that a search cannot run as it is written, whatever macros there are. */
const isFault = ({ severity, code }: SpanDiagnostic): boolean =>
  severity === 'error' && code !== 'unknown-macro';

/** The one quote or "]" that a search lacks, where it can be read with it. */
function missingMark(
  text: string,
  environment: SearchEnvironment,
  { diagnostics }: Reading,
): MissingMark | undefined {
  if (diagnostics.some(isQuoteFault))
    return placeMissingQuote(text, (mended) => readTrial(mended, environment) !== undefined);
  if (!diagnostics.some(({ message }) => message === unclosedSubsearch)) return undefined;
  return placeMissingEnd(text, (mended) => {
    const tree = readTrial(mended, environment);
    return tree === undefined ? undefined : unmadeFields(tree).missing.length;
  });
}

class Analysis implements SearchAnalysis {
  readonly text: string;
  readonly expansion: Expansion;
  readonly pipeline: Pipeline;
  readonly diagnostics: readonly SpanDiagnostic[];
  private readonly language: SyntaxLanguage;
  private lazyTree: Pipeline | undefined;
  private lazyFields: readonly FieldSet[] | undefined;
  private lazyUnmade: UnmadeFields | undefined;
  private lazyUses: SearchUses | undefined;

  constructor(text: string, environment: SearchEnvironment) {
    this.text = text;
    this.language = environment.language;
    let reading = readSearch(text, environment);
    if (reading.errors > 0) {
      const mark = missingMark(text, environment, reading);
      if (mark !== undefined) reading = readSearch(text, environment, mark);
    }
    this.expansion = reading.expansion;
    this.pipeline = reading.pipeline;
    this.diagnostics = reading.diagnostics;
  }

  get macros(): readonly MacroUse[] {
    return this.expansion.macros;
  }

  get tree(): Pipeline {
    this.lazyTree ??= parsePipelineText(this.text, this.language, undefined, 'broken').tree;
    return this.lazyTree;
  }

  get fields(): readonly FieldSet[] {
    this.lazyFields ??= fieldFlow(this.pipeline);
    return this.lazyFields;
  }

  get output(): FieldSet {
    return this.fields.at(-1) ?? anyFields;
  }

  get missingFields(): readonly MissingField[] {
    return this.unmade.missing;
  }

  get eventFields(): readonly EventField[] {
    return this.unmade.fromEvents;
  }

  private get unmade(): UnmadeFields {
    this.lazyUnmade ??= unmadeFields(this.pipeline, this.fields);
    return this.lazyUnmade;
  }

  private get uses(): SearchUses {
    this.lazyUses ??= collectUses(this.pipeline, this.expansion.text);
    return this.lazyUses;
  }

  get setFields(): readonly SetField[] {
    return setFields(this.pipeline);
  }

  get keptFields(): readonly KeptField[] {
    return keptFields(this.pipeline, this.fields);
  }

  get wildcardsRead(): readonly string[] {
    return wildcardsRead(this.pipeline);
  }

  get lookups(): SearchUses['lookups'] {
    return this.uses.lookups;
  }

  get dataModels(): SearchUses['dataModels'] {
    return this.uses.dataModels;
  }
}

/**
 * Expands, parses and checks a search. Trees, fields and uses beyond that are made when they are first asked for.
 *
 * @param memo commands that were read before, of the same language
 */
export function analyseSearch(
  text: string,
  environment: SearchEnvironment,
  memo?: CommandMemo,
): SearchAnalysis {
  const parts = memo?.partsOf(text, environment);
  return memo === undefined || parts === undefined
    ? new Analysis(text, environment)
    : new ComposedAnalysis(text, parts, environment, memo);
}
