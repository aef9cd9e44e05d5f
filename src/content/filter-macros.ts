// The macros that a build defines beside those of the repository.
import type { Detection } from './model.js';

const known = new WeakMap<Pick<Detection, 'name' | 'stem'>, ReadonlySet<string>>();

/** Names of the filter macro of a detection: after its file, and after its name as 2022 did. */
export function filterMacroNames(detection: Pick<Detection, 'name' | 'stem'>): ReadonlySet<string> {
  let names = known.get(detection);
  if (names === undefined) {
    const fromName = detection.name.replaceAll(/[ \-./]/g, '_').toLowerCase();
    names = new Set([`${detection.stem}_filter`, `${fromName}_filter`]);
    known.set(detection, names);
  }
  return names;
}
