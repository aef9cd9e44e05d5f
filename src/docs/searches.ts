// What a search uses, in the order of first use: macros by name and lookups by name.
import { readMacroCall } from '../syntax/macro-call.js';
import { scanStructure } from '../syntax/scan.js';

/** Names used by one search. */
export interface SearchUses {
  /** Names of macros that the search itself calls, in the order of first use, each once. */
  readonly macros: readonly string[];
  /** Lookup names (lookup definitions or table files) in the order of first use, each once. */
  readonly lookups: readonly string[];
  /** The same with a name for each use. */
  readonly lookupUses: readonly string[];
}

/** A command that reads or writes a table. */
const lookupCommand =
  /\b(?:(?:input|output)?lookup\b(?:\s+\w+\s*=\s*\S+)*\s+"?([\w.-]+)|from\s+(?:input)?lookup:"?([\w.-]+))/gi;
/** The search that map runs for every row, held in a string. */
const heldSearch = /\bmap\b[^|"]{0,200}?\bsearch\s*=\s*"/gi;
const macroCall = /`[^`]+`/g;

/** Finds macros and lookups of a search, those in the searches that `map` is given included. */
export function usesOf(search: string): SearchUses {
  const { comments, strings } = scanStructure(search);
  let text = search;
  for (const [start, end] of comments) text = blank(text, start, end);
  const calls = [...text.matchAll(macroCall)].map((match) => readMacroCall(match[0], match.index).name);
  const lookupUses = lookupsIn(text, strings).map(({ name }) => name);
  return { macros: [...new Set(calls)], lookups: [...new Set(lookupUses)], lookupUses };
}

function lookupsIn(text: string, strings: ReadonlyMap<number, number>): { at: number; name: string }[] {
  const found: { at: number; name: string }[] = [];
  const isQuoted = (at: number): boolean => {
    for (const [start, end] of strings) if (start < at && at < end) return true;
    return false;
  };
  for (const match of text.matchAll(lookupCommand))
    if (beginsCommand(text, match.index) && !isQuoted(match.index))
      found.push({ at: match.index, name: (match[1] ?? match[2])! });
  for (const { 0: command, index } of text.matchAll(heldSearch)) {
    const quote = index + command.length - 1;
    const end = strings.get(quote);
    if (end === undefined || !beginsCommand(text, index)) continue;
    const held = text.slice(quote + 1, end - 1).replace(/\\(["\\])/g, '$1');
    for (const { name } of lookupsIn(held, scanStructure(held).strings)) found.push({ at: index, name });
  }
  return found.sort((a, b) => a.at - b.at);
}

/** Whether a word stands where a command does: at the start, behind a pipe, in a bracket. */
function beginsCommand(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && text.charCodeAt(before) <= 32) before--;
  return before < 0 || text[before] === '|' || text[before] === '[';
}

/** The text with spaces in place of a part. */
const blank = (text: string, start: number, end: number): string =>
  text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
