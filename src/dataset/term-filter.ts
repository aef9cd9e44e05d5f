// Tells from an event's undecoded bytes that a search cannot want it, before anything is parsed.

/** A necessary condition on the raw text, in a form that whole blocks of a file can be searched for. */
export interface TermFilter {
  /** Finds places of a latin1 text where an event may qualify; sticky state is the caller's `lastIndex`. */
  readonly scan: RegExp;
  /** `scan` is the whole condition: where it finds something, `test` is true. */
  readonly single: boolean;
  /** True when the latin1 text of one event has, of every clause, at least one term. */
  test(text: string): boolean;
}

// Characters that formats never write in another way. JSON escapes `"` `\` `/` and what is not ASCII, XML `& < > "
// '`, some writers `=`; so a term is looked for by its longest run of the others, which is weaker and never wrong.
const plainRun = /[A-Za-z0-9_.:@,()$%#!?*;~^|{}[\] -]+/g;

function longestPlainRun(term: string): string {
  let longest = '';
  for (const [run] of term.matchAll(plainRun)) if (run.length > longest.length) longest = run;
  return longest;
}

const escapeRegex = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * Compiles terms in conjunctive form (of every inner list at least one, in any case) into a filter; null when
 * nothing can be told from the raw text.
 *
 * @param mayAdd  whether an event, which is made of the text, may hold a run that the text does not
 */
export function compileTerms(
  clauses: readonly (readonly string[])[],
  mayAdd: (run: string) => boolean = () => false,
): TermFilter | null {
  const usable: { source: string; shortest: number; size: number }[] = [];
  for (const clause of clauses) {
    const runs = [...new Set(clause.map((term) => longestPlainRun(term).toLowerCase()))];
    const shortest = Math.min(...runs.map((run) => run.length));
    if (clause.length === 0 || shortest === 0 || runs.some(mayAdd)) continue;
    usable.push({ source: runs.map(escapeRegex).join('|'), shortest, size: runs.length });
  }
  // The clause that is scanned for should be rare and quick: few and long terms.
  usable.sort((a, b) => Math.min(b.shortest, 12) / (b.size + 1) - Math.min(a.shortest, 12) / (a.size + 1));
  const first = usable[0];
  if (!first) return null;
  const tests = usable.map(({ source }) => new RegExp(source, 'i'));
  return {
    scan: new RegExp(first.source, 'gi'),
    single: usable.length === 1,
    test: (text) => tests.every((regex) => regex.test(text)),
  };
}
