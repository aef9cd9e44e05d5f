// Commands that stand in many searches in the same words, such as those that macros bring: each is read once, and what
// was read is put to the place of the next.
import type { SyntaxLanguage } from './language.js';
import { type Command, Reading, readingOf } from './tree.js';

/** Long commands are no two the same. */
const longestText = 160;
const mostTexts = 10_000;

/** By text and what stands around it; null of those that were read once, which most are that stand nowhere else. */
const knownTexts = new WeakMap<SyntaxLanguage, Map<string, Command | null>>();

/** Where the command of a text may be known from. */
export interface KnownText {
  readonly key: string;
  readonly texts: Map<string, Command | null>;
}

/**
 * The place of a command's text among those that were read.
 *
 * @param around says what else its reading depends on: whether it is the first, and what ends it
 */
export function knownText(text: string, around: string, language: SyntaxLanguage): KnownText | undefined {
  if (text.length > longestText) return undefined;
  let texts = knownTexts.get(language);
  if (texts === undefined || texts.size >= mostTexts) {
    texts = new Map();
    knownTexts.set(language, texts);
  }
  return { key: around + text, texts };
}

/** The command of a text that was read twice before, as it is where its text begins at `start`. */
export function knownCommand({ key, texts }: KnownText, start: number): Command | undefined {
  const known = texts.get(key);
  return known === undefined || known === null ? undefined : movedNode(known, start - known.span.start);
}

/** Keeps a command that was read without a fault, where its text was met before; returns it. */
export function keepCommand({ key, texts }: KnownText, command: Command): Command {
  if (!texts.has(key)) {
    texts.set(key, null);
    return command;
  }
  const kept = command[readingOf] === undefined ? command : { ...command, [readingOf]: new Reading() };
  texts.set(key, kept);
  return kept;
}

/** A copy of a node with all spans in it moved. Where they stand their names say. */
function movedNode<T extends object>(node: T, by: number): T {
  const copy = { ...node };
  for (const key in copy) {
    const value: unknown = copy[key];
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) copy[key] = movedList(value, by) as typeof value & T[typeof key];
    else if (isSpanName(key) && isSpan(value))
      copy[key] = { start: value.start + by, end: value.end + by } as T[typeof key];
    else copy[key] = movedNode(value, by) as T[typeof key];
  }
  return copy;
}

function movedList(list: readonly unknown[], by: number): unknown[] {
  const copy: unknown[] = [];
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (typeof item !== 'object' || item === null) copy.push(item);
    else copy.push(Array.isArray(item) ? movedList(item, by) : movedNode(item, by));
  }
  return copy;
}

/** `span`, `nameSpan` and the like; an option of that name is no place in the text. */
function isSpanName(key: string): boolean {
  return key === 'span' || key.endsWith('Span');
}

function isSpan(value: object): value is { start: number; end: number } {
  return 'start' in value && typeof value.start === 'number' && !('kind' in value);
}
