// The list of all checks on the built app, and the one function that runs them.
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { OutputFile } from '../../output/output-file.js';
import { type Check, InspectedApp } from './check.js';
import { confChecks } from './conf-checks.js';
import { packageChecks } from './package-checks.js';
import { viewChecks } from './view-checks.js';

/** In the order in which they run. */
export const checks: readonly Check[] = [...packageChecks, ...confChecks, ...viewChecks];

/** Violations of one check that are told; the rest is counted in the last of them. */
const most = 20;

/**
 * Holds the app against AppInspect's rules, as far as they can be told from its files.
 *
 * @param strict  violations for which AppInspect fails an app are errors, and those it warns of are looked for too
 * @returns       diagnostics whose code is the check's name and whose file is the app's
 */
export function inspectApp(id: string, files: readonly OutputFile[], strict: boolean): Diagnostic[] {
  const app = new InspectedApp(id, files);
  const found: Diagnostic[] = [];
  for (const check of checks) {
    if (check.level === 'warning' && !strict) continue;
    let count = 0;
    check.inspect(app, (path, message, spot) => {
      count += 1;
      if (count > most) return;
      const line = spot?.line ?? 1;
      found.push({
        file: `${id}/${path}`,
        line,
        column: 1,
        endLine: line,
        endColumn: 1,
        severity: check.level === 'failure' && strict ? 'error' : 'warning',
        code: check.name,
        message,
      });
    });
    if (count > most) found.push({ ...found.at(-1)!, message: `${count - most} more of this kind` });
  }
  return found;
}
