// The language of fault tables: one fault put into the valid repository, with «marks» where it must be reported.
import type { Change } from './repository.js';

/** One fault: which file, what is changed, and the one diagnostic that must come of it. */
export interface Fault {
  readonly title: string;
  readonly file: string;
  readonly change: Change;
  /** `line:column` of the mark in the changed file. */
  readonly place: string;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string | RegExp;
  /** Where the diagnostic is reported when not in `file`. */
  readonly reportedIn?: string;
}

const mark = '«';

/** Where the mark stands, and the text without it. */
export function takeMark(text: string): { readonly text: string; readonly place: string } {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`no ${mark} in the changed text`);
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return { text: before + text.slice(at + 1), place: `${line}:${column}` };
}

/** Makes faults of one file. Each row: severity code, message, then pairs of a text and what it becomes. */
export function faultsIn(
  file: string,
  original: string,
  rows: readonly (readonly [
    code: string,
    message: string | RegExp,
    ...edits: (readonly [from: string | RegExp, to: string])[],
  ])[],
): Fault[] {
  return rows.map(([code, message, ...edits]) => {
    let changed = original;
    for (const [from, to] of edits) {
      const isThere = typeof from === 'string' ? changed.includes(from) : from.test(changed);
      if (!isThere) throw new Error(`${file} has no ${String(from)}`);
      changed = changed.replace(from, () => to);
    }
    if (!changed.includes(mark)) throw new Error(`${file}: no mark for ${String(message)}`);
    const { text, place } = takeMark(changed);
    const [severity, name] = code.startsWith('~')
      ? (['warning', code.slice(1)] as const)
      : (['error', code] as const);
    return { title: `${file}: ${String(message)}`, file, change: text, place, severity, code: name, message };
  });
}
