// Finds the repository a command works on, and the paths shown to its author.
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { configFiles, configFilesIn, findRepository } from '../content/config.js';
import { contentFolders } from '../content/kinds.js';

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
    if (
      configFilesIn(content).length === 0 &&
      !contentFolders.some((name) => existsSync(join(content, name)))
    )
      return command.error(
        `error: "${content}" holds no content: no ${configFiles.join(', no ')} and no folder such as detections`,
        { exitCode: 2 },
      );
    return resolve(content);
  }
  const found = findRepository(process.cwd());
  if (found !== undefined) return found;
  return command.error(
    'error: no detc.yml, contentctl.yml or build.yml in this folder or above; name the repository with -C',
    {
      exitCode: 2,
    },
  );
}

/** Folders of a repository that hold what goes into the app as it is. */
const otherFolders = ['app_template', 'static_configs'];

/** Why nothing can be written to a folder, of which some parts may not be there yet; undefined where it can. */
export function unusableOutput(root: string, folder: string): string | undefined {
  const inside = relative(realpathSync(root), folder).split(sep)[0] ?? '';
  if (contentFolders.includes(inside) || otherFolders.includes(inside))
    return 'it lies in a folder of content';
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(path)) return statSync(path).isDirectory() ? undefined : `"${path}" is a file`;
    if (dirname(path) === path) return undefined;
  }
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
