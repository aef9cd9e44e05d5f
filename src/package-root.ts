// Where the installed package lies, and where it keeps things; the same answer from src/ and from dist/js/.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/** Returns the absolute path of the folder that holds detc's own package.json, templates/ and knowledge/. */
export function packageRoot(): string {
  if (found) return found;
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) {
      found = folder;
      return folder;
    }
    if (folder === dirname(folder)) throw new Error('package.json of detc not found');
  }
}

/** The folder of the running program: `src`, or the one that it was compiled into, in whose `program/` bundles lie. */
export function programFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return basename(here) === 'program' ? dirname(here) : here;
}

/** The user's folder for what the program keeps from run to run: `$XDG_CACHE_HOME/detc` or `~/.cache/detc`. */
export function cacheHome(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment['XDG_CACHE_HOME'];
  return join(base && isAbsolute(base) ? base : join(homedir(), '.cache'), 'detc');
}

/** Version of the package. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string })
    .version;
}
