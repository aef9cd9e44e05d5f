// Reads the files of a repository that go into the app as they are; links and what lies outside are refused.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic.js';

/** Gathers the faults of one build's reading. */
export type Report = (diagnostic: Diagnostic) => void;

/** A diagnostic about a file as a whole. */
export function fileDiagnostic(
  file: string,
  severity: Diagnostic['severity'],
  code: string,
  message: string,
  help?: string,
): Diagnostic {
  return {
    file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    severity,
    code,
    message,
    ...(help ? { help } : {}),
  };
}

/** Whether a path stays below the folder it is relative to, on every system. */
export const isContained = (path: string): boolean =>
  path !== '' &&
  !path.includes('\0') &&
  !path.includes('\\') &&
  !path.startsWith('/') &&
  !/^[A-Za-z]:/.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/**
 * Lists the files below a folder of the repository, sorted; none when there is no such folder. Links are reported and
 * left out: what they lead to may lie anywhere.
 */
export function listFiles(root: string, folder: string, report: Report): string[] {
  const found: string[] = [];
  const visit = (path: string) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(inner);
      else if (entry.isFile()) found.push(inner);
      else
        report(
          fileDiagnostic(
            inner,
            'error',
            'no-links',
            `"${inner}" is a link or a special file`,
            'put the file itself there',
          ),
        );
    }
  };
  const state = lstatSync(join(root, folder), { throwIfNoEntry: false });
  if (state?.isDirectory()) visit(folder);
  else if (state?.isSymbolicLink())
    report(fileDiagnostic(folder, 'error', 'no-links', `"${folder}" is a link`));
  return found.sort();
}

/** Reads a file of the repository; reports and returns undefined when it is missing, a link, or outside. */
export function readRepositoryFile(root: string, path: string, report: Report): Buffer | undefined {
  if (!isContained(path)) {
    report(fileDiagnostic(path, 'error', 'no-links', `"${path}" leads out of the repository`));
    return undefined;
  }
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const state = lstatSync(join(root, ...parts.slice(0, depth)), { throwIfNoEntry: false });
    if (state === undefined) {
      report(fileDiagnostic(path, 'error', 'missing-file', `"${path}" does not exist`));
      return undefined;
    }
    if (state.isSymbolicLink()) {
      report(fileDiagnostic(path, 'error', 'no-links', `"${parts.slice(0, depth).join('/')}" is a link`));
      return undefined;
    }
  }
  return readFileSync(join(root, path));
}
