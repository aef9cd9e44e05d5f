// Macro expansion: replacing `name(args)` by its definition, as text, the way Splunk does it.
import type { Place, Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { Expander, originalSpan, translate } from './expander.js';
import { MappedText } from './mapped-text.js';
import { isQuoteFault, type MissingMark } from './quote-repair.js';
import { hasCall, type Structure, scanStructure, unopenedMessage } from './scan.js';

/** A macro as a repository or another app defines it. */
export interface MacroDefinition {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly definition: string;
  /** The definition is an eval expression whose value is the text. */
  readonly isEval?: boolean;
  /** Another app defines it: calls stay as they are. with `anyArity` however many arguments they have. */
  readonly isExternal?: boolean;
  readonly anyArity?: boolean;
  /** An eval expression over the arguments that must be true; macros.conf `validation` and `errormsg`. */
  readonly validation?: string;
  readonly errorMessage?: string;
  /** Place of a stretch of the definition in the file it is written in. */
  at?(span: Span): Place;
}

/** Macros by name; those of one name differ in how many arguments they take. */
export type MacroTable = ReadonlyMap<string, readonly MacroDefinition[]>;

/** Gathers definitions; of two with the same name and number of arguments the later one counts. */
export function macroTable(...lists: readonly Iterable<MacroDefinition>[]): MacroTable {
  const table = new Map<string, MacroDefinition[]>();
  for (const list of lists)
    for (const macro of list) {
      const overloads = table.get(macro.name);
      if (overloads === undefined) table.set(macro.name, [macro]);
      else {
        const same = overloads.findIndex((other) => other.arguments.length === macro.arguments.length);
        if (same < 0) overloads.push(macro);
        else overloads[same] = macro;
      }
    }
  return table;
}

/** Whether two lists of overloads expand alike, wherever they stand. */
export function isSameList(
  list: readonly MacroDefinition[] | undefined,
  other: readonly MacroDefinition[] | undefined,
): boolean {
  if (list === other) return true;
  return (
    list !== undefined &&
    list.length === other?.length &&
    list.every((macro, index) => isSameDefinition(macro, other[index]!))
  );
}

/** Whether two definitions expand alike, wherever they stand. */
function isSameDefinition(a: MacroDefinition, b: MacroDefinition): boolean {
  return (
    a === b ||
    (a.definition === b.definition &&
      a.isEval === b.isEval &&
      a.isExternal === b.isExternal &&
      a.anyArity === b.anyArity &&
      a.validation === b.validation &&
      a.errorMessage === b.errorMessage &&
      a.name === b.name &&
      a.arguments.length === b.arguments.length &&
      a.arguments.every((name, index) => name === b.arguments[index]))
  );
}

/** Names under which two tables do not have the very same macros, those that stand nowhere set aside when they are alike. */
export function changedMacros(before: MacroTable, after: MacroTable): ReadonlySet<string> {
  const changed = new Set<string>();
  const isSame = (a: MacroDefinition, b: MacroDefinition | undefined): boolean =>
    a === b || (b !== undefined && a.at === undefined && b.at === undefined && isSameDefinition(a, b));
  for (const [name, overloads] of after) {
    const others = before.get(name);
    if (
      others?.length !== overloads.length ||
      !overloads.every((macro, index) => isSame(macro, others[index]))
    )
      changed.add(name);
  }
  for (const name of before.keys()) if (!after.has(name)) changed.add(name);
  return changed;
}

/** Evaluates an eval expression without fields, for eval-based macros and validations. */
export type EvaluateConstant = (expression: string) => string | number | boolean | null;

/** A macro that a search calls, directly or through others. */
export interface MacroUse {
  readonly name: string;
  readonly arity: number;
  /** Undefined when no such macro is known. */
  readonly definition?: MacroDefinition;
}

/** A search with its macro calls replaced. */
export interface Expansion {
  readonly text: string;
  /** Spans count in the text before expansion. */
  readonly diagnostics: readonly SpanDiagnostic[];
  /** In order of first use. */
  readonly macros: readonly MacroUse[];
  /** Names of macros that were looked up, some twice, with those whose calls stay because another app defines them. */
  readonly lookedUp: readonly string[];
  /** Whether a call was left in the text. */
  readonly hasCalls: boolean;
  /** Whether the character at an offset of the expanded text stands in the search itself, in no macro's definition. */
  readonly isWritten: (offset: number) => boolean;
  /** Which parts of a stretch of the expanded text stand in the search itself, and which in definitions, by length. */
  pattern(span: Span): string;
  /** The stretch of the original text that a stretch of the expanded text stands for. */
  original(span: Span): Span;
  /** A fault in the expanded text as one in the original text; notes name the macros it lies in. */
  translate(diagnostic: SpanDiagnostic): SpanDiagnostic;
}

/**
 * Replaces all macro calls outside of quotes and comments. Calls of unknown macros stay, each with a diagnostic.
 *
 * @param inside the macro whose definition the text is
 * @param missing where a mark is missing, as far as that is known
 */
export function expandMacros(
  text: string,
  table: MacroTable,
  evaluate?: EvaluateConstant,
  inside?: MacroDefinition,
  missing?: MissingMark,
): Expansion {
  if (missing === undefined && !text.includes('`')) return unexpanded(text);
  const expander = new Expander(table, evaluate);
  const structure = scanStructure(text);
  if (missing !== undefined) {
    const source = withMark(MappedText.of(text, {}), missing.at, missing.mark);
    return new ExpandedText(text, expander.expand(source, []), expander, [missing.fault]);
  }
  const isBroken = structure.unclosed.size > 0 || structure.loneQuotes.size > 0;
  if (!isBroken && inside === undefined)
    return new ExpandedText(text, expander.expandSearch(text, structure), expander, []);
  const { source, faults } = mendQuotes(text, structure);
  const stack = inside === undefined ? [] : [inside];
  return new ExpandedText(text, expander.expand(source, stack), expander, faults);
}

class ExpandedText implements Expansion {
  readonly text: string;
  readonly diagnostics: readonly SpanDiagnostic[];
  private readonly written: string;
  private readonly mapped: MappedText;
  private readonly expander: Expander;

  constructor(written: string, mapped: MappedText, expander: Expander, faults: readonly SpanDiagnostic[]) {
    this.text = mapped.text;
    this.diagnostics = faults.length === 0 ? expander.diagnostics : [...faults, ...expander.diagnostics];
    this.written = written;
    this.mapped = mapped;
    this.expander = expander;
  }

  get macros(): readonly MacroUse[] {
    return [...this.expander.uses.values()];
  }

  get lookedUp(): readonly string[] {
    return [...this.expander.asked.keys()];
  }

  get hasCalls(): boolean {
    return hasCall(this.text);
  }

  /** May be taken out of the expansion. */
  readonly isWritten = (offset: number): boolean => this.mapped.at(offset)?.origin.macro === undefined;

  pattern(span: Span): string {
    return this.mapped.pattern(span, ({ macro }) => macro === undefined);
  }

  original(span: Span): Span {
    return within(originalSpan(this.mapped, span), this.written);
  }

  translate(diagnostic: SpanDiagnostic): SpanDiagnostic {
    const translated = translate(this.mapped, diagnostic);
    return { ...translated, span: within(translated.span, this.written) };
  }
}

/**
 * The search with its one broken quote mended: closed where the string probably ends, or left out. Otherwise the quotes
 * that definitions bring in would pair with it, and the fault would be seen far from where it is.
 */
function mendQuotes(
  text: string,
  { strings, unclosed, loneQuotes, faults }: Structure,
): { source: MappedText; faults: readonly SpanDiagnostic[] } {
  const source = MappedText.of(text, {});
  const quoteFaults = faults.filter(isQuoteFault);
  for (const start of unclosed) {
    return { source: withMark(source, strings.get(start) ?? text.length, '"'), faults: quoteFaults };
  }
  for (const at of loneQuotes)
    return {
      source: MappedText.join([source.slice(0, at), source.slice(at + 1, text.length)]),
      faults: quoteFaults,
    };
  return { source, faults: [] };
}

function withMark(source: MappedText, at: number, mark: string): MappedText {
  const { length } = source.text;
  return MappedText.join([source.slice(0, at), MappedText.of(mark, {}, at), source.slice(at, length)]);
}

/** Says of a call whose "(" is missing which macro it calls, the longest name that it begins with. */
export function nameUnopenedCall(text: string, fault: SpanDiagnostic, table: MacroTable): SpanDiagnostic {
  if (fault.message !== unopenedMessage) return fault;
  const word = /^`\s*([\w.:-]+)/.exec(text.slice(fault.span.start, fault.span.end));
  if (word === null) return fault;
  for (let length = word[1]!.length; length > 0; length--) {
    const name = word[1]!.slice(0, length);
    if (!table.has(name)) continue;
    const start = fault.span.start + word[0].length - word[1]!.length + length;
    return { ...fault, message: `expected "(" after "${name}"`, span: { start, end: start + 1 } };
  }
  return fault;
}

function unexpanded(text: string): Expansion {
  const same = {
    isWritten: () => true,
    pattern: () => 'w',
    original: (span: Span) => span,
    translate: (d: SpanDiagnostic) => d,
  };
  return { text, diagnostics: [], macros: [], lookedUp: [], hasCalls: false, ...same };
}

/** A span cut to a text: a quote that was added at its end has no place of its own. */
function within({ start, end }: Span, { length }: string): Span {
  return { start: Math.min(start, length), end: Math.min(end, length) };
}
