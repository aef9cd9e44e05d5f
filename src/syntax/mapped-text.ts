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
  private made: readonly Piece[] | (() => MappedText);

  private constructor(text: string, pieces: readonly Piece[] | (() => MappedText)) {
    this.text = text;
    this.made = pieces;
  }

  private get pieces(): readonly Piece[] {
    if (typeof this.made === 'function') this.made = this.made().pieces;
    return this.made;
  }

  /** A text that is all from one origin, where it begins at `offset`. */
  static of(text: string, origin: Origin, offset = 0): MappedText {
    return new MappedText(text, [{ start: 0, origin, offset }]);
  }

  /** A text whose places are found out when they are first asked for: those of the same text that `make` gives. */
  static later(text: string, make: () => MappedText): MappedText {
    return new MappedText(text, make);
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

  /** What a call of a search became, where the search has that call at `offset`. */
  calledAt(offset: number): MappedText {
    const moved = new Map<Origin, Origin>();
    const move = (origin: Origin): Origin => {
      if (origin.macro === undefined) return origin;
      let other = moved.get(origin);
      if (other === undefined) {
        other = {
          macro: origin.macro,
          ...(origin.call === undefined
            ? {}
            : { call: { start: origin.call.start + offset, end: origin.call.end + offset } }),
          ...(origin.caller === undefined ? {} : { caller: move(origin.caller) }),
        };
        moved.set(origin, other);
      }
      return other;
    };
    const pieces = this.pieces.map((piece) => ({
      start: piece.start,
      origin: move(piece.origin),
      offset: piece.origin.macro === undefined ? piece.offset + offset : piece.offset,
    }));
    return new MappedText(this.text, pieces);
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
