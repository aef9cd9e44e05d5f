// Options that a macro brings in right behind the name of a command and that change nothing of what a search says: a
// command is the same with them and without, so that it need not be read again when the macro becomes another one.
import { booleanOption, integerOption } from './grammar-values.js';
import type { CommandSyntax, SyntaxLanguage } from './language.js';
import { MappedText } from './mapped-text.js';

/** What was taken out of a text: where it stood in what is left, and how long it is. */
export interface Gap {
  readonly at: number;
  readonly length: number;
}

/** An expanded text without such options. */
export interface IdleCut {
  readonly plain: MappedText;
  /** In the order in which they stand. */
  readonly gaps: readonly Gap[];
}

const nameAndBlank = /^\s*(\w+)\s+/;
/** An option whose value ends with its word. */
const option = /^(\w+)=([\w.-]+)$/;

/** Cuts idle options of definitions out of the first command of a text; undefined where there are none. */
export function withoutIdleOptions(mapped: MappedText, language: SyntaxLanguage): IdleCut | undefined {
  const { text } = mapped;
  const [before, name = ''] = nameAndBlank.exec(text) ?? [];
  if (before === undefined) return undefined;
  const syntax = language.commands.get(name.toLowerCase());
  if (syntax?.withoutEffect === undefined) return undefined;
  const runs = /^w(\d+)m(\d+)w/.exec(
    mapped.pattern({ start: 0, end: text.length }, ({ macro }) => macro === undefined),
  );
  if (runs === null || Number(runs[1]) !== before.length) return undefined;
  const end = before.length + Number(runs[2]);
  // What stands behind belongs neither to the last value nor to a list that the options begin.
  if (!/^\s+[^\s,=]/.test(text.slice(end, end + 20))) return undefined;
  const parts = [mapped.slice(0, before.length)];
  const gaps: Gap[] = [];
  let left = before.length;
  for (const { 0: written, index } of text.slice(before.length, end).matchAll(/(\S+)\s*|\s+/g)) {
    const { length } = written;
    const [, given = '', value = ''] = option.exec(written.trim()) ?? [];
    const key = given.toLowerCase();
    // Of anything else nobody knows whether what follows are options.
    if (!Object.hasOwn(syntax.grammar.options ?? {}, key)) return undefined;
    if (isIdle(syntax, key, value)) gaps.push({ at: left, length });
    else {
      const start = before.length + index;
      parts.push(mapped.slice(start, start + length));
      left += length;
    }
  }
  if (gaps.length === 0) return undefined;
  parts.push(mapped.slice(end, text.length));
  return { plain: MappedText.join(parts), gaps };
}

/** Whether an option has no effect, and a value that it takes. */
function isIdle({ withoutEffect = {}, grammar }: CommandSyntax, name: string, value: string): boolean {
  if (!Object.hasOwn(withoutEffect, name)) return false;
  const kind = grammar.options?.[name];
  if (kind === booleanOption) return /^(?:t|true|f|false)$/i.test(value);
  return kind === integerOption && /^\d{1,9}$/.test(value);
}
