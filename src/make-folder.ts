// Makes a folder with those above it.
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder that may be there already, and the folders above it that are not. What `recursive` of Node does, but
 * for file systems such as /proc: they answer that the folder above is missing when it is not, on which Node asks for
 * ever.
 *
 * @throws the error of the system, with the path that it refused
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  let folder = resolve(path);
  while (statSync(folder, { throwIfNoEntry: false }) === undefined) {
    missing.push(folder);
    folder = dirname(folder);
  }
  for (const next of missing.reverse()) {
    try {
      mkdirSync(next);
    } catch (error) {
      // Another process may have made it meanwhile.
      if (statSync(next, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
    }
  }
}
