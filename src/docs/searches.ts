// What a search uses, in the order of first use: macros by name and lookups by name.

/** Names used by one search. */
export interface SearchUses {
  /** Macro names in the order of first use, each once. */
  readonly macros: readonly string[];
  /** Lookup names (lookup definitions or table files) in the order of first use, each once. */
  readonly lookups: readonly string[];
  /** The same with a name for each use. */
  readonly lookupUses: readonly string[];
}

const comment = /```[\s\S]*?```/g;
const macroCall = /`([^`]+)`/g;
const lookupCommand = /\b(?:input|output)?lookup\b((?:\s+\w+\s*=\s*\S+)*)\s+"?([\w.-]+)/gi;

/** Finds macros and lookups in the text of a search; comments between triple backticks are left out. */
export function usesOf(search: string): SearchUses {
  const text = search.includes('```') ? search.replace(comment, ' ') : search;
  const macros = new Set<string>();
  for (const [, call] of text.matchAll(macroCall)) {
    const name = /^\s*([^\s(]+)/.exec(call ?? '')?.[1];
    if (name) macros.add(name);
  }
  const lookupUses = [...text.matchAll(lookupCommand)].flatMap((match) => match[2] ?? []);
  return { macros: [...macros], lookups: [...new Set(lookupUses)], lookupUses };
}
