// Searches that run other searches of the repository by their names.

/** Whether a search, its macros expanded, may call a saved one: `savedsearch`, `map` or `from savedsearch:`. */
export const mayCallSaved = (search: string): boolean => /\b(?:savedsearch|map)\b/i.test(search);
