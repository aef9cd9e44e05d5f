// Finds the repository a command works on, and the paths shown to its author.
import { existsSync, realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { findRepository } from '../content/config.js';

/** Adds the option that names the repository. */
export function withContentOption(command: Command): Command {
  return command.option('-C, --content <dir>', 'the content repository (default: the nearest one upwards)');
}

/** Absolute path of the repository; a wrong one ends the command as wrong usage. */
export function contentFolder(command: Command, content: string | undefined): string {
  if (content !== undefined) {
    if (!existsSync(content) || !statSync(content).isDirectory()) {
      return command.error(`error: "${content}" is not a folder`, { exitCode: 2 });
    }
    return resolve(content);
  }
  const found = findRepository(process.cwd());
  if (found !== undefined) return found;
  return command.error(
    'error: no detc.yml or contentctl.yml in this folder or above; name the repository with -C',
    {
      exitCode: 2,
    },
  );
}

/** What to put before paths of a repository so that they start in the working folder; '' when it lies elsewhere. */
export function pathPrefix(root: string): string {
  const path = relative(process.cwd(), root).split(sep).join('/');
  return path === '' || path.startsWith('..') ? '' : `${path}/`;
}

/** The path in the repository of a path given on the command line; '' is the repository itself. */
export function pathInRepository(command: Command, root: string, path: string): string {
  for (const candidate of [resolve(path), resolve(root, path)]) {
    if (!existsSync(candidate)) continue;
    const inside = relative(realpathSync(root), realpathSync(candidate)).split(sep).join('/');
    if (!inside.startsWith('..')) return inside;
  }
  return command.error(`error: "${path}" is not a file or folder of the repository`, { exitCode: 2 });
}
