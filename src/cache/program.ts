// Tells the running program from every other: what one keeps for itself no other may read.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot, programFolder } from '../package-root.js';

/** A text for the program with its templates and its knowledge, for this version of Node and this system. */
export function programFingerprint(): string {
  const root = packageRoot();
  const parts = [process.version, process.platform, process.arch, identity(programFolder())];
  parts.push(...packageTexts(root));
  for (const folder of ['templates', 'knowledge']) parts.push(treeState(join(root, folder)));
  return createHash('sha1').update(parts.join('\n')).digest('base64url');
}

/**
 * What the package says of itself, and each of those it calls: npm gives all files one time, so that another version of
 * them may have the size and the time of this one.
 */
export function packageTexts(root: string): string[] {
  const own = readFileSync(join(root, 'package.json'), 'utf8');
  const { dependencies = {} } = JSON.parse(own) as {
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  return [own, ...Object.keys(dependencies).map((name) => installed(root, name))];
}

/** The package.json of the package that code in a folder is given under a name, '' when there is none. */
function installed(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
  } catch {
    const above = dirname(folder);
    return above === folder ? '' : installed(above, name);
  }
}

/** What scripts/build.mjs wrote of a bundled program; else sizes and times of all files. */
function identity(folder: string): string {
  try {
    return readFileSync(join(folder, 'program', 'id'), 'utf8');
  } catch {
    return treeState(folder);
  }
}

function treeState(folder: string): string {
  const parts: string[] = [];
  // Node's own recursive listing takes three times as long.
  const visit = (path: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(inner);
      else if (!/\.(?:map|d\.ts)$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(inner);
        parts.push(`${inner.slice(folder.length)}\0${size}\0${mtimeMs}`);
      }
    }
  };
  visit(folder);
  return parts.sort().join('\n');
}
