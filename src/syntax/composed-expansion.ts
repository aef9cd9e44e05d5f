// The expansion of a search put together from those of its segments.
import type { Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';
import type { SearchEnvironment } from './analyse.js';
import { isWrittenAt, type SearchPart } from './command-memo.js';
import { type Expansion, expandMacros, type MacroUse } from './macros.js';

export class ComposedExpansion implements Expansion {
  private readonly written: string;
  private readonly parts: readonly SearchPart[];
  private readonly environment: SearchEnvironment;
  private lazyText: string | undefined;
  private lazyMacros: readonly MacroUse[] | undefined;
  private lazyDiagnostics: readonly SpanDiagnostic[] | undefined;
  private lazyWhole: Expansion | undefined;

  constructor(written: string, parts: readonly SearchPart[], environment: SearchEnvironment) {
    this.written = written;
    this.parts = parts;
    this.environment = environment;
  }

  get text(): string {
    this.lazyText ??= this.parts.map(({ expanded }) => expanded.text).join('|');
    return this.lazyText;
  }

  /** Whether a call was left in the text. */
  get hasCalls(): boolean {
    return this.parts.some(({ expanded }) => expanded.hasCall);
  }

  get macros(): readonly MacroUse[] {
    if (this.lazyMacros === undefined) {
      const uses = new Map<string, MacroUse>();
      for (const { expanded } of this.parts)
        for (const [key, use] of expanded.macros) if (!uses.has(key)) uses.set(key, use);
      this.lazyMacros = [...uses.values()];
    }
    return this.lazyMacros;
  }

  get lookedUp(): readonly string[] {
    const names: string[] = [];
    for (const { expanded } of this.parts) for (const name of expanded.lookedUp) names.push(name);
    return names;
  }

  get diagnostics(): readonly SpanDiagnostic[] {
    this.lazyDiagnostics ??= this.parts.flatMap(({ expanded, writtenStart }) =>
      expanded.diagnostics.map((diagnostic) => ({
        ...diagnostic,
        span: {
          start: diagnostic.span.start + writtenStart,
          end: diagnostic.span.end + writtenStart,
        },
      })),
    );
    return this.lazyDiagnostics;
  }

  readonly isWritten = (offset: number): boolean => {
    const at = this.parts.findLastIndex(({ start }) => start <= offset);
    const part = this.parts[at];
    if (part === undefined) return true;
    // The pipes between segments stand in the search.
    const isPipe = at < this.parts.length - 1 && offset - part.start >= part.expanded.text.length;
    return isPipe || isWrittenAt(part.expanded.mapped, offset - part.start);
  };

  /** The expansion as a whole: for those who ask for places, which few do. */
  private get whole(): Expansion {
    const { macros, evaluate } = this.environment;
    this.lazyWhole ??= expandMacros(this.written, macros, evaluate);
    return this.lazyWhole;
  }

  pattern(span: Span): string {
    return this.whole.pattern(span);
  }
  original(span: Span): Span {
    return this.whole.original(span);
  }
  translate(diagnostic: SpanDiagnostic): SpanDiagnostic {
    return this.whole.translate(diagnostic);
  }
}
