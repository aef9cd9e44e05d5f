// Of two messages about one text that holds what nobody sees the weightier one is kept: it is one fault.
import type { Diagnostic } from '../diagnostic/diagnostic.js';

const unseen = 'invisible-character';
const weight = { error: 2, warning: 1, info: 0 } as const;

/**
 * Leaves of each text with an invisible character, or a blank at an end, one message. One that says more, such as an
 * unknown name, is kept where it weighs more, and then tells of the character as well.
 */
export function withoutDoubles(found: readonly Diagnostic[]): Diagnostic[] {
  const unseens = found.filter(({ code }) => code === unseen);
  if (unseens.length === 0) return [...found];
  const dropped = new Set<Diagnostic>();
  const replaced = new Map<Diagnostic, Diagnostic>();
  for (const one of unseens) {
    // A blank at an end is told with the text it is in, a character by its number.
    const [, code] = /^invisible character U\+(\w+)$/.exec(one.message) ?? [];
    const text =
      code === undefined
        ? /^(".*") /s.exec(one.message)?.[1]
        : String.fromCharCode(Number.parseInt(code, 16));
    if (text === undefined) continue;
    for (const other of found) {
      if (other.code === unseen || other.file !== one.file || !other.message.includes(text)) continue;
      if (!isAround(other, one)) continue;
      if (weight[other.severity] <= weight[one.severity]) dropped.add(other);
      else {
        dropped.add(one);
        const notes = [...(other.notes ?? []), { message: one.message, place: placeOf(one) }];
        replaced.set(other, { ...other, notes });
      }
    }
  }
  return found.flatMap((one) => (dropped.has(one) ? [] : (replaced.get(one) ?? one)));
}

const placeOf = ({ file, line, column, endLine, endColumn }: Diagnostic) => ({
  ...{ file, line, column, endLine, endColumn },
});

/** Whether a place begins within another, or where it ends. */
const isAround = (outer: Diagnostic, { line, column }: Diagnostic): boolean =>
  (line > outer.line || (line === outer.line && column >= outer.column)) &&
  (line < outer.endLine || (line === outer.endLine && column <= outer.endColumn));
