// The list of all checks on the built app, and the one function that runs them.
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { OutputFile } from '../../output/output-file.js';
import { type Check, InspectedApp } from './check.js';
import { confChecks } from './conf-checks.js';
import { type FragmentLines, inspectFragments, type Violation } from './inspect-fragments.js';
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
  const asked = checks.filter(({ level }) => strict || level === 'failure');
  const lines = new Map<string, FragmentLines>();
  const violations: Violation[] = [];
  for (const file of files) {
    if (file.fragments === undefined) continue;
    const inspected = inspectFragments(id, file, file.fragments, app, asked);
    lines.set(file.path.slice(id.length + 1), inspected.lines);
    violations.push(...inspected.found);
  }
  return asked.flatMap((check) => {
    const found = violations.filter((violation) => violation.check === check.name);
    check.inspect(app, (path, message, spot) => {
      const line = spot?.line ?? 1;
      found.push({ check: check.name, path, line: lines.get(path)?.real(line) ?? line, message });
    });
    const severity = check.level === 'failure' && strict ? 'error' : 'warning';
    const told = found
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line))
      .slice(0, most)
      .map(
        ({ path, line, message }): Diagnostic => ({
          ...{ file: `${id}/${path}`, line, column: 1, endLine: line, endColumn: 1 },
          severity,
          code: check.name,
          message,
        }),
      );
    const more = found.length - told.length;
    return more > 0 ? [...told, { ...told.at(-1)!, message: `${more} more of this kind` }] : told;
  });
}
