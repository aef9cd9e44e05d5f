// What a search uses, in the order of first use: macros by name and lookups by name.
import { readMacroCall } from '../syntax/parser.js';
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

const lookupCommand = /\b(?:input|output)?lookup\b((?:\s+\w+\s*=\s*\S+)*)\s+"?([\w.-]+)/gi;

const macroCall = /`[^`]+`/g;

/** Finds macros and lookups in the text of a search, those in the searches that `map` is given included. */
export function usesOf(search: string): SearchUses {
  let text = search;
  if (search.includes('```'))
    for (const [start, end] of scanStructure(search).comments)
      text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  const calls = [...text.matchAll(macroCall)].map((match) => readMacroCall(match[0], match.index).name);
  const lookupUses = [...text.matchAll(lookupCommand)].flatMap((match) => match[2] ?? []);
  return { macros: [...new Set(calls)], lookups: [...new Set(lookupUses)], lookupUses };
}
