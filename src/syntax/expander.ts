// Puts the definitions of macros in the place of their calls, and says of the result where each part of it comes from.
import type { Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { readMacroCall } from './macro-call.js';
import type { EvaluateConstant, MacroDefinition, MacroTable, MacroUse } from './macros.js';
import { MappedText, type Origin } from './mapped-text.js';
import { type Structure, scanStructure } from './scan.js';

// limits.conf, [search] max_macro_depth.
const maximumDepth = 100;
/** A few macros that call each other twice could make a text without end. */
export const maximumLength = 2_000_000;

/** The place of an offset in the search: itself, or the outermost call it comes from. */
function placeOf(mapped: MappedText, offset: number): { span: Span; origin: Origin; offset: number } {
  const found = mapped.at(Math.max(0, Math.min(offset, mapped.text.length - 1)));
  if (found === undefined) return { span: { start: 0, end: 0 }, origin: {}, offset: 0 };
  const { origin } = found;
  const over = Math.max(0, offset - Math.max(0, mapped.text.length - 1));
  const span = origin.call ?? { start: found.offset + over, end: found.offset + over + 1 };
  return { span, origin, offset: found.offset };
}

/** The stretch of the search that a stretch of its expansion stands for. */
export function originalSpan(mapped: MappedText, span: Span): Span {
  const first = placeOf(mapped, span.start);
  if (span.end <= span.start) return { start: first.span.start, end: first.span.start };
  const last = placeOf(mapped, span.end - 1);
  const { start } = first.span;
  return { start, end: Math.max(start, last.span.end) };
}

/** A fault in the expansion as one in the search. */
export function translate(mapped: MappedText, diagnostic: SpanDiagnostic): SpanDiagnostic {
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

/** A macro call of a search and all that replacing it brings. */
interface KnownCall {
  /** Places count in the call. */
  readonly by: MappedText;
  readonly uses: ReadonlyMap<string, MacroUse>;
  readonly asked: ReadonlyMap<string, readonly MacroDefinition[] | undefined>;
  /** Spans count in the call. */
  readonly diagnostics: readonly SpanDiagnostic[];
  /** Characters that definitions brought in. */
  readonly length: number;
}

interface KnownCalls {
  readonly evaluate: EvaluateConstant | undefined;
  readonly byText: Map<string, KnownCall>;
}

/** Searches of a repository call the same few macros in the same words, and each its own filter. */
const mostCalls = 20_000;
const knownCalls = new WeakMap<MacroTable, KnownCalls>();

function knownCall(written: string, table: MacroTable, evaluate: EvaluateConstant | undefined): KnownCall {
  let calls = knownCalls.get(table);
  if (calls === undefined || calls.evaluate !== evaluate || calls.byText.size >= mostCalls) {
    calls = { evaluate, byText: new Map() };
    knownCalls.set(table, calls);
  }
  let call = calls.byText.get(written);
  if (call === undefined) {
    call = Expander.callAlone(written, table, evaluate);
    calls.byText.set(written, call);
  }
  return call;
}

function movedBy(diagnostic: SpanDiagnostic, by: number): SpanDiagnostic {
  const { start, end } = diagnostic.span;
  return { ...diagnostic, span: { start: start + by, end: end + by } };
}

/** Expands one text. */
export class Expander {
  readonly diagnostics: SpanDiagnostic[] = [];
  readonly uses = new Map<string, MacroUse>();
  /** What the table has under each name that was looked up, whether or not a call was replaced. */
  readonly asked = new Map<string, readonly MacroDefinition[] | undefined>();
  /** Characters that definitions brought in, those of definitions that call others more than once. */
  length = 0;
  private readonly table: MacroTable;
  private readonly evaluate: EvaluateConstant | undefined;

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

  /** Expands a search as written. What a call becomes is found once for all searches; places when they are asked for. */
  expandSearch(text: string, structure?: Structure): MappedText {
    const calls = text.includes('`') ? (structure ?? scanStructure(text)).calls : undefined;
    if (calls === undefined || calls.size === 0) return MappedText.of(text, {});
    const replaced: { readonly span: Span; readonly by: MappedText }[] = [];
    let expanded = '';
    let position = 0;
    calls.forEach((end, start) => {
      const span = { start, end };
      const by = this.outerCall(text, span);
      replaced.push({ span, by });
      expanded += text.slice(position, start) + by.text;
      position = end;
    });
    expanded += text.slice(position);
    return MappedText.later(expanded, () => {
      const source = MappedText.of(text, {});
      const parts: MappedText[] = [];
      let from = 0;
      for (const { span, by } of replaced) {
        parts.push(source.slice(from, span.start), by.calledAt(span.start));
        from = span.end;
      }
      parts.push(source.slice(from, text.length));
      return MappedText.join(parts);
    });
  }

  /** What a call that stands in no definition becomes; its places count from its own beginning. */
  private outerCall(text: string, { start, end }: Span): MappedText {
    const written = text.slice(start, end);
    const known = knownCall(written, this.table, this.evaluate);
    // So near the limit it depends on what was brought in before.
    if (this.length + known.length > maximumLength) {
      const source = MappedText.of(written, {});
      const from = this.diagnostics.length;
      const by = this.call(source, { start: 0, end: written.length }, []);
      for (const diagnostic of this.diagnostics.splice(from))
        this.diagnostics.push(movedBy(diagnostic, start));
      return by;
    }
    this.length += known.length;
    known.uses.forEach((use, key) => {
      if (!this.uses.has(key)) this.uses.set(key, use);
    });
    known.asked.forEach((overloads, name) => {
      this.asked.set(name, overloads);
    });
    for (const diagnostic of known.diagnostics) this.diagnostics.push(movedBy(diagnostic, start));
    return known.by;
  }

  /** Expands a call by itself. */
  static callAlone(written: string, table: MacroTable, evaluate: EvaluateConstant | undefined): KnownCall {
    const expander = new Expander(table, evaluate);
    const by = expander.call(MappedText.of(written, {}), { start: 0, end: written.length }, []);
    const { uses, asked, diagnostics, length } = expander;
    return { by, uses, asked, diagnostics, length };
  }

  private call(source: MappedText, span: Span, stack: readonly MacroDefinition[]): MappedText {
    const written = source.slice(span.start, span.end);
    const call = readMacroCall(written.text, 0);
    const arity = call.arguments?.length ?? 0;
    const overloads = this.table.get(call.name);
    this.asked.set(call.name, overloads);
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
