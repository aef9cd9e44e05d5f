// Macro expansion: replacing `name(args)` by its definition, as text, the way Splunk does it.
import type { Place, Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { MappedText, type Origin } from './mapped-text.js';
import { readMacroCall } from './parser.js';
import { loneMessage, type Structure, scanStructure, unclosedMessage, unopenedMessage } from './scan.js';

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
  /** Whether the character at an offset of the expanded text stands in the search itself, in no macro's definition. */
  isWritten(offset: number): boolean;
  /** Which parts of a stretch of the expanded text stand in the search itself, and which in definitions, by length. */
  pattern(span: Span): string;
  /** The stretch of the original text that a stretch of the expanded text stands for. */
  original(span: Span): Span;
  /** A fault in the expanded text as one in the original text; notes name the macros it lies in. */
  translate(diagnostic: SpanDiagnostic): SpanDiagnostic;
}

// limits.conf, [search] max_macro_depth.
const maximumDepth = 100;
// A few macros that call each other twice could make a text without end.
const maximumLength = 2_000_000;

/**
 * Replaces all macro calls outside of quotes and comments. Calls of unknown macros stay, each with a diagnostic.
 *
 * @param inside the macro whose definition the text is
 */
export function expandMacros(
  text: string,
  table: MacroTable,
  evaluate?: EvaluateConstant,
  inside?: MacroDefinition,
): Expansion {
  if (!text.includes('`')) return unexpanded(text);
  const expander = new Expander(table, evaluate);
  const structure = scanStructure(text);
  const { source, faults } = mendQuotes(text, structure);
  const mapped = expander.expand(
    source,
    inside === undefined ? [] : [inside],
    source.text === text ? structure : undefined,
  );
  return {
    text: mapped.text,
    diagnostics: [...faults, ...expander.diagnostics],
    macros: [...expander.uses.values()],
    isWritten: (offset) => mapped.at(offset)?.origin.macro === undefined,
    pattern: (span) => mapped.pattern(span, ({ macro }) => macro === undefined),
    original: (span) => within(originalSpan(mapped, span), text),
    translate(diagnostic) {
      const translated = translate(mapped, diagnostic);
      return { ...translated, span: within(translated.span, text) };
    },
  };
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
  const quoteFaults = faults.filter(({ message }) => message === unclosedMessage || message === loneMessage);
  for (const start of unclosed) {
    const end = strings.get(start) ?? text.length;
    const parts = [source.slice(0, end), MappedText.of('"', {}, end), source.slice(end, text.length)];
    return { source: MappedText.join(parts), faults: quoteFaults };
  }
  for (const at of loneQuotes)
    return {
      source: MappedText.join([source.slice(0, at), source.slice(at + 1, text.length)]),
      faults: quoteFaults,
    };
  return { source, faults: [] };
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
  return { text, diagnostics: [], macros: [], ...same };
}

/** The place of an offset in the search: itself, or the outermost call it comes from. */
function placeOf(mapped: MappedText, offset: number): { span: Span; origin: Origin; offset: number } {
  const found = mapped.at(Math.max(0, Math.min(offset, mapped.text.length - 1)));
  if (found === undefined) return { span: { start: 0, end: 0 }, origin: {}, offset: 0 };
  const { origin } = found;
  const over = Math.max(0, offset - Math.max(0, mapped.text.length - 1));
  const span = origin.call ?? { start: found.offset + over, end: found.offset + over + 1 };
  return { span, origin, offset: found.offset };
}

/** A span cut to a text: a quote that was added at its end has no place of its own. */
function within({ start, end }: Span, { length }: string): Span {
  return { start: Math.min(start, length), end: Math.min(end, length) };
}

function originalSpan(mapped: MappedText, span: Span): Span {
  const first = placeOf(mapped, span.start);
  if (span.end <= span.start) return { start: first.span.start, end: first.span.start };
  const last = placeOf(mapped, span.end - 1);
  const { start } = first.span;
  return { start, end: Math.max(start, last.span.end) };
}

function translate(mapped: MappedText, diagnostic: SpanDiagnostic): SpanDiagnostic {
  const { origin, offset } = placeOf(mapped, diagnostic.span.start);
  const span = originalSpan(mapped, diagnostic.span);
  if (origin.macro === undefined) return { ...diagnostic, span };
  const length = Math.max(1, diagnostic.span.end - diagnostic.span.start);
  const notes = [...(diagnostic.notes ?? [])];
  let inner: Span | undefined = {
    start: offset,
    end: Math.min(origin.macro.definition.length, offset + length),
  };
  for (let at: Origin | undefined = origin; at?.macro !== undefined; at = at.caller) {
    const { macro } = at;
    const place = macro.at?.(inner ?? { start: 0, end: macro.definition.length });
    notes.push({
      message: `in the expansion of "${macro.name}"`,
      ...(place === undefined ? {} : { place }),
    });
    inner = undefined;
  }
  return { ...diagnostic, span, notes };
}

function takes(macro: MacroDefinition, arity: number): boolean {
  return macro.anyArity === true || macro.arguments.length === arity;
}

/** Answers of `nearestMacro`: a macro whose file is broken is missed by all who call it. */
const nearestMacros = new WeakMap<MacroTable, Map<string, string | undefined>>();

/** The help text for a macro that a table lacks. */
function nearestMacro(name: string, table: MacroTable): string | undefined {
  let answers = nearestMacros.get(table);
  if (answers === undefined) {
    answers = new Map();
    nearestMacros.set(table, answers);
  }
  if (!answers.has(name)) answers.set(name, didYouMean(name, table.keys()) ?? newMacro(name));
  return answers.get(name);
}

/** How to begin a macro; filter macros come with their detection. */
function newMacro(name: string): string | undefined {
  return /^\w+$/.test(name) && !name.endsWith('_filter') ? `"detc new macro ${name}" begins one` : undefined;
}

class Expander {
  readonly diagnostics: SpanDiagnostic[] = [];
  readonly uses = new Map<string, MacroUse>();
  private readonly table: MacroTable;
  private readonly evaluate: EvaluateConstant | undefined;
  private length = 0;

  constructor(table: MacroTable, evaluate: EvaluateConstant | undefined) {
    this.table = table;
    this.evaluate = evaluate;
  }

  expand(source: MappedText, stack: readonly MacroDefinition[], structure?: Structure): MappedText {
    const { text } = source;
    if (!text.includes('`')) return source;
    const { calls } = structure ?? scanStructure(text);
    if (calls.size === 0) return source;
    const parts: MappedText[] = [];
    let position = 0;
    for (const [start, end] of calls) {
      parts.push(source.slice(position, start));
      parts.push(this.call(source, { start, end }, stack));
      position = end;
    }
    parts.push(source.slice(position, text.length));
    return MappedText.join(parts);
  }

  private call(source: MappedText, span: Span, stack: readonly MacroDefinition[]): MappedText {
    const written = source.slice(span.start, span.end);
    const call = readMacroCall(written.text, 0);
    const arity = call.arguments?.length ?? 0;
    const overloads = this.table.get(call.name);
    if (overloads?.some((macro) => macro.isExternal === true && takes(macro, arity))) return written;
    const definition = overloads?.find((macro) => macro.arguments.length === arity);
    const key = `${call.name}(${arity})`;
    if (!this.uses.has(key))
      this.uses.set(key, { name: call.name, arity, ...(definition === undefined ? {} : { definition }) });
    if (definition === undefined) {
      this.reportUnknown(source, span, call.name, arity, overloads);
      return written;
    }
    if (stack.includes(definition)) {
      const circle = [...stack.slice(stack.indexOf(definition)), definition].map(
        (macro) => `"${macro.name}"`,
      );
      this.report(
        source,
        span,
        'recursive-macro',
        `macro "${call.name}" calls itself: ${circle.join(' → ')}`,
      );
      return written;
    }
    if (stack.length >= maximumDepth || this.length > maximumLength) {
      this.report(source, span, 'recursive-macro', `macro "${call.name}" is nested too deeply`);
      return written;
    }
    const outer = source.at(span.start)!;
    const origin: Origin = {
      macro: definition,
      call: outer.origin.call ?? { start: outer.offset, end: outer.offset + (span.end - span.start) },
      caller: outer.origin,
    };
    const argumentTexts = argumentSlices(written, call.arguments ?? []);
    const body = substitute(MappedText.of(definition.definition, origin), definition, argumentTexts);
    this.length += body.text.length;
    if (!this.validates(definition, argumentTexts, source, span)) return written;
    if (definition.isEval) return this.evaluated(body, origin, source, span) ?? written;
    return this.expand(body, [...stack, definition]);
  }

  /** The value of an eval-based macro; undefined when it can't be computed here. */
  private evaluated(
    body: MappedText,
    origin: Origin,
    source: MappedText,
    span: Span,
  ): MappedText | undefined {
    const name = origin.macro!.name;
    if (this.evaluate === undefined) return undefined;
    let value: string | number | boolean | null;
    try {
      value = this.evaluate(body.text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.report(source, span, 'syntax', `the expression of macro "${name}" can't be evaluated: ${reason}`);
      return undefined;
    }
    if (value === null || typeof value === 'boolean') {
      this.report(source, span, 'syntax', `the expression of macro "${name}" gives no text`);
      return undefined;
    }
    return MappedText.of(String(value), origin);
  }

  private validates(
    definition: MacroDefinition,
    texts: readonly MappedText[],
    source: MappedText,
    span: Span,
  ): boolean {
    if (definition.validation === undefined || this.evaluate === undefined) return true;
    const expression = substitute(MappedText.of(definition.validation, {}), definition, texts).text;
    let value: string | number | boolean | null;
    try {
      value = this.evaluate(expression);
    } catch {
      return true;
    }
    // macros.conf: a boolean that must be true, or a text that must be null.
    if (value === true || value === null || value === 'true' || value === 1) return true;
    const message = typeof value === 'string' ? value : definition.errorMessage;
    const reason = message === undefined ? '' : `: ${message}`;
    this.report(source, span, 'syntax', `macro "${definition.name}" refuses these arguments${reason}`);
    return false;
  }

  private reportUnknown(
    source: MappedText,
    span: Span,
    name: string,
    arity: number,
    overloads: readonly MacroDefinition[] | undefined,
  ): void {
    if (overloads !== undefined) {
      const takes = overloads.map((macro) => macro.arguments.length).sort((a, b) => a - b);
      const last = takes.at(-1)!;
      const list = takes.length === 1 ? String(last) : `${takes.slice(0, -1).join(', ')} or ${last}`;
      const message = `macro "${name}" takes ${list} argument${list === '1' ? '' : 's'}, found ${arity}`;
      this.report(source, span, 'argument-count', message);
      return;
    }
    const name0 = source.text.indexOf(name, span.start);
    const nameSpan = { start: name0, end: name0 + name.length };
    this.report(source, nameSpan, 'unknown-macro', `unknown macro "${name}"`, nearestMacro(name, this.table));
  }

  private report(source: MappedText, span: Span, code: string, message: string, help?: string): void {
    const diagnostic: SpanDiagnostic = {
      severity: 'error',
      code,
      message,
      span,
      ...(help === undefined ? {} : { help }),
    };
    this.diagnostics.push(translate(source, diagnostic));
  }
}

/** The arguments of a call as stretches of the calling text, without blanks and quotes around them. */
function argumentSlices(written: MappedText, values: readonly string[]): MappedText[] {
  const slices: MappedText[] = [];
  let position = written.text.indexOf('(') + 1;
  for (const value of values) {
    const start = written.text.indexOf(value, position);
    let end = start + value.length;
    position = end;
    let first = start;
    if (value.length >= 2 && value.startsWith('"') && value.endsWith('"')) {
      first++;
      end--;
    }
    slices.push(written.slice(first, end));
  }
  return slices;
}

/** Puts the arguments in for `$name$`, everywhere in the text. */
function substitute(body: MappedText, macro: MacroDefinition, values: readonly MappedText[]): MappedText {
  if (macro.arguments.length === 0) return body;
  const parts: MappedText[] = [];
  let position = 0;
  const { text } = body;
  let dollar = text.indexOf('$');
  while (dollar >= 0) {
    const close = text.indexOf('$', dollar + 1);
    if (close < 0) break;
    const index = macro.arguments.indexOf(text.slice(dollar + 1, close));
    if (index < 0) {
      dollar = close;
      continue;
    }
    parts.push(body.slice(position, dollar), values[index]!);
    position = close + 1;
    dollar = text.indexOf('$', position);
  }
  parts.push(body.slice(position, text.length));
  return MappedText.join(parts);
}
