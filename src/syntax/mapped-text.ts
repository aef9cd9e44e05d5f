// Text put together from pieces of other texts, which knows of each character where it was written.
import type { Span } from '../diagnostic/diagnostic.js';
import type { MacroDefinition } from './macros.js';

/** A text that pieces come from: the search itself (without `macro`), or a macro's definition. */
export interface Origin {
  readonly macro?: MacroDefinition;
  /** Where the outermost call stands in the search; for a definition. */
  readonly call?: Span;
  /** The text that calls this macro. */
  readonly caller?: Origin;
}

/** A run of characters copied from `origin`, beginning there at `offset`. */
interface Piece {
  readonly start: number;
  readonly origin: Origin;
  readonly offset: number;
}

/** A text and the origin of each of its characters. */
export class MappedText {
  readonly text: string;
  private readonly pieces: readonly Piece[];

  private constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    this.pieces = pieces;
  }

  /** A text that is all from one origin, where it begins at `offset`. */
  static of(text: string, origin: Origin, offset = 0): MappedText {
    return new MappedText(text, [{ start: 0, origin, offset }]);
  }

  /** The texts one after the other. */
  static join(parts: readonly MappedText[]): MappedText {
    if (parts.length === 1) return parts[0]!;
    const pieces: Piece[] = [];
    let text = '';
    for (const part of parts) {
      if (part.text === '') continue;
      const { length } = text;
      for (const { start, origin, offset } of part.pieces)
        pieces.push({ start: start + length, origin, offset });
      text += part.text;
    }
    return new MappedText(text, pieces);
  }

  /** A stretch of the text. */
  slice(start: number, end: number): MappedText {
    if (start === 0 && end === this.text.length) return this;
    const pieces: Piece[] = [];
    for (let i = this.indexAt(start); i < this.pieces.length && this.pieces[i]!.start < end; i++) {
      const piece = this.pieces[i]!;
      const skipped = Math.max(0, start - piece.start);
      pieces.push({
        start: piece.start + skipped - start,
        origin: piece.origin,
        offset: piece.offset + skipped,
      });
    }
    return new MappedText(this.text.slice(start, end), pieces);
  }

  /** The origin of the character at an offset, and where it stands there. */
  at(offset: number): { readonly origin: Origin; readonly offset: number } | undefined {
    const piece = this.pieces[this.indexAt(offset)];
    return piece === undefined
      ? undefined
      : { origin: piece.origin, offset: piece.offset + offset - piece.start };
  }

  /** The lengths of the runs of a stretch that come from origins of a kind (`w`) and from others (`m`). */
  pattern({ start, end }: Span, isKind: (origin: Origin) => boolean): string {
    let found = '';
    let current: boolean | undefined;
    let from = start;
    for (let i = this.indexAt(start); i < this.pieces.length && this.pieces[i]!.start < end; i++) {
      const piece = this.pieces[i]!;
      const kind = isKind(piece.origin);
      if (kind === current) continue;
      if (current !== undefined) {
        found += `${current ? 'w' : 'm'}${piece.start - from}`;
        from = piece.start;
      }
      current = kind;
    }
    return `${found}${current === false ? 'm' : 'w'}`;
  }

  /** Index of the piece that holds an offset. */
  private indexAt(offset: number): number {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.pieces[middle]!.start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
