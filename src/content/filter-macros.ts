// The macros that a build defines beside those of the repository.
import type { Detection } from './model.js';

/** Names of the filter macro of a detection: after its file, and after its name as 2022 did. */
export function filterMacroNames({ name, stem }: Pick<Detection, 'name' | 'stem'>): ReadonlySet<string> {
  const fromName = name.replaceAll(/[ \-./]/g, '_').toLowerCase();
  return new Set([`${stem}_filter`, `${fromName}_filter`]);
}
