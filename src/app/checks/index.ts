// The list of all checks on the built app, and the one function that runs them.
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { OutputFile } from '../../output/output-file.js';
import { type Check, InspectedApp } from './check.js';
import { confChecks } from './conf-checks.js';
import { deniedConfChecks } from './denied-confs.js';
import {
  type FragmentLines,
  inspectFragments,
  type StanzaPlace,
  type Violation,
} from './inspect-fragments.js';
import { packageChecks } from './package-checks.js';
import { serverChecks } from './server-checks.js';
import { viewChecks } from './view-checks.js';

/** In the order in which they run. */
export const checks: readonly Check[] = [
  ...packageChecks,
  ...confChecks,
  ...deniedConfChecks,
  ...serverChecks,
  ...viewChecks,
];

/** The checks of a build. */
export const checksFor = (strict: boolean): Check[] =>
  checks.filter(({ level }) => strict || level === 'failure');

/** Violations of one check that are told; the rest is counted in the last of them. */
const most = 20;

/** What was found in an app apart from its fragments; lines count without them. */
interface Inspection {
  readonly found: readonly Violation[];
  /** Stanzas of the files that have fragments, by path. */
  readonly stanzas: readonly (readonly [path: string, stanzas: readonly StanzaPlace[]])[];
}

/** Takes what an earlier build found in equal files, or looks. */
export type RememberInspection = (files: readonly OutputFile[], look: () => Inspection) => Inspection;

/**
 * Holds the app against AppInspect's rules, as far as they can be told from its files.
 *
 * @param strict  violations for which AppInspect fails an app are errors, and those it warns of are looked for too
 * @returns       diagnostics whose code is the check's name and whose file is the app's
 */
export function inspectApp(
  id: string,
  files: readonly OutputFile[],
  strict: boolean,
  remember: RememberInspection = (_, look) => look(),
): Diagnostic[] {
  const asked = checksFor(strict);
  const { found, stanzas } = remember(files, () => inspectFiles(id, files, asked));
  const lines = new Map<string, FragmentLines>();
  const violations: Violation[] = [];
  for (const file of files) {
    if (file.fragments === undefined) continue;
    const path = file.path.slice(id.length + 1);
    const between = stanzas.find(([name]) => name === path)?.[1] ?? [];
    const inspected = inspectFragments(id, file, file.fragments, between, asked);
    lines.set(path, inspected.lines);
    violations.push(...inspected.found);
  }
  for (const violation of found)
    violations.push({
      ...violation,
      line: lines.get(violation.path)?.real(violation.line) ?? violation.line,
    });
  return asked.flatMap(({ name, level }) => {
    const severity = level === 'failure' && strict ? 'error' : 'warning';
    const all = violations.filter(({ check }) => check === name);
    const told = all
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line))
      .slice(0, most)
      .map(
        ({ path, line, message }): Diagnostic => ({
          ...{ file: `${id}/${path}`, line, column: 1, endLine: line, endColumn: 1 },
          severity,
          code: name,
          message,
        }),
      );
    const more = all.length - told.length;
    return more > 0 ? [...told, { ...told.at(-1)!, message: `${more} more of this kind` }] : told;
  });
}

function inspectFiles(id: string, files: readonly OutputFile[], asked: readonly Check[]): Inspection {
  const app = new InspectedApp(id, files);
  const found: Violation[] = [];
  for (const check of asked)
    check.inspect(app, (path, message, spot) =>
      found.push({ check: check.name, path, line: spot?.line ?? 1, message }),
    );
  const stanzas = files
    .filter(({ fragments }) => fragments !== undefined)
    .map(({ path }) => path.slice(id.length + 1))
    .map((path) => [path, app.confAt(path).stanzas.map(({ name, line }) => ({ name, line }))] as const);
  return { found, stanzas };
}
