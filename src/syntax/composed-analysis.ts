// The analysis of a search without faults, put together from what is known of its commands: it is parsed only for those
// who look at its tree.
import type { SearchAnalysis, SearchEnvironment } from './analyse.js';
import { type CommandMemo, type CommandUse, type SearchPart, spanIn } from './command-memo.js';
import { ComposedExpansion } from './composed-expansion.js';
import { anyFields, type FieldSet, mayHave } from './field-set.js';
import type { SyntaxLanguage } from './language.js';
import type { EventField, MissingField } from './missing-fields.js';
import { parsePipelineText } from './pipeline.js';
import { SearchTrace, type TracedSegment } from './search-trace.js';
import type { KeptField, SetField } from './set-fields.js';
import type { Command, Pipeline } from './tree.js';
import { collectUses, type LookupUse } from './uses.js';

interface Flow {
  readonly fields: readonly FieldSet[];
  readonly fromEvents: readonly EventField[];
  readonly missing: readonly MissingField[];
}

/** A command of a segment in the search in which that begins at `start`. */
const behind = (use: CommandUse, start: number): CommandUse =>
  use.gaps === undefined
    ? { known: use.known, start: use.start + start, mark: use.mark }
    : { ...use, start: use.start + start };

export class ComposedAnalysis implements SearchAnalysis {
  readonly text: string;
  readonly expansion: ComposedExpansion;
  readonly commands: readonly CommandUse[];
  private readonly language: SyntaxLanguage;
  private readonly memo: CommandMemo;
  private lazyTree: Pipeline | undefined;
  private lazyPipeline: Pipeline | undefined;
  private lazyLookups: readonly LookupUse[] | undefined;
  private lazyFlow: Flow | undefined;
  private lazySet: readonly SetField[] | undefined;
  private lazyKept: readonly KeptField[] | undefined;
  private lazyFacts: { readonly facts: string; readonly trace: SearchTrace } | undefined;
  private readonly parts: readonly SearchPart[];

  constructor(text: string, parts: readonly SearchPart[], environment: SearchEnvironment, memo: CommandMemo) {
    this.text = text;
    this.parts = parts;
    this.expansion = new ComposedExpansion(text, parts, environment);
    this.commands = parts.flatMap(({ expanded, start }) =>
      start === 0 ? expanded.commands : expanded.commands.map((use) => behind(use, start)),
    );
    this.memo = memo;
    this.language = environment.language;
  }

  get macros(): SearchAnalysis['macros'] {
    return this.expansion.macros;
  }

  /** Of the commands none has a fault. */
  get diagnostics(): SearchAnalysis['diagnostics'] {
    return this.expansion.diagnostics;
  }

  get tree(): Pipeline {
    this.lazyTree ??= parsePipelineText(this.text, this.language).tree;
    return this.lazyTree;
  }

  get pipeline(): Pipeline {
    const { text, isWritten } = this.expansion;
    this.lazyPipeline ??= parsePipelineText(text, this.language, isWritten).tree;
    return this.lazyPipeline;
  }

  get fields(): readonly FieldSet[] {
    return this.flow.fields;
  }

  get output(): FieldSet {
    return this.fields.at(-1) ?? anyFields;
  }

  get missingFields(): SearchAnalysis['missingFields'] {
    return this.flow.missing;
  }

  get eventFields(): readonly EventField[] {
    return this.flow.fromEvents;
  }

  private get flow(): Flow {
    if (this.lazyFlow === undefined) {
      const fields: FieldSet[] = [];
      const fromEvents: EventField[] = [];
      let current = anyFields;
      const missing: MissingField[] = [];
      // The commands since the last one that could not be read, with what each was given.
      let before: { readonly command: Command; readonly fields: FieldSet }[] = [];
      for (const use of this.commands) {
        const { known } = use;
        const { command } = known;
        const step = this.memo.step(known, current);
        for (const field of step.fromEvents) fromEvents.push({ ...field, span: spanIn(use, field.span) });
        for (const field of step.missing) {
          const span = spanIn(use, field.span);
          const { name } = field;
          const droppedBy =
            field.command === command
              ? before.findLast(({ fields }) => mayHave(fields, name))?.command
              : field.droppedBy;
          missing.push({ ...field, span, ...(droppedBy === undefined ? {} : { droppedBy }) });
        }
        if (command.arguments === undefined) before = [];
        else before.push({ command, fields: current });
        current = step.after;
        fields.push(current);
      }
      this.lazyFlow = { fields, fromEvents, missing };
    }
    return this.lazyFlow;
  }

  get facts(): string {
    return this.found.facts;
  }

  get trace(): SearchTrace {
    return this.found.trace;
  }

  private get found(): { readonly facts: string; readonly trace: SearchTrace } {
    // Drilldowns share their analysis.
    this.lazyFacts ??= this.findFacts();
    return this.lazyFacts;
  }

  private findFacts(): { readonly facts: string; readonly trace: SearchTrace } {
    let before = anyFields;
    let found = '';
    const traced: TracedSegment[] = [];
    for (const { segment, expanded } of this.parts) {
      const { facts, after } = this.memo.factsOf(expanded, before);
      if (expanded.lookedUp.length > 0) traced.push({ segment, expanded, before, facts });
      found += facts;
      before = after;
    }
    return { facts: found, trace: new SearchTrace(this.memo, traced) };
  }

  get lookups(): readonly LookupUse[] {
    this.lazyLookups ??= this.commands.flatMap((use) =>
      use.known.lookups.length === 0
        ? []
        : use.known.lookups.map((lookup) => ({
            ...lookup,
            span: spanIn(use, lookup.span),
            columns: lookup.columns.map((column) => ({ ...column, span: spanIn(use, column.span) })),
          })),
    );
    return this.lazyLookups;
  }

  get dataModels(): SearchAnalysis['dataModels'] {
    return collectUses(this.pipeline, this.expansion.text).dataModels;
  }

  get setFields(): readonly SetField[] {
    this.lazySet ??= this.commands.flatMap((use) =>
      use.known.set.map(({ field, by, end }) => ({
        field: { ...field, span: spanIn(use, field.span) },
        by,
        end: spanIn(use, { start: end, end }).end,
      })),
    );
    return this.lazySet;
  }

  get keptFields(): readonly KeptField[] {
    const { fields } = this;
    this.lazyKept ??= this.commands.flatMap((use, index) =>
      use.known.kept.map((field) => ({
        field: { ...field, span: spanIn(use, field.span) },
        by: use.known.command.name,
        end: spanIn(use, use.known.command.span).end,
        after: fields[index] ?? anyFields,
      })),
    );
    return this.lazyKept;
  }

  get wildcardsRead(): readonly string[] {
    return this.commands.flatMap(({ known }) => known.wildcards);
  }
}
