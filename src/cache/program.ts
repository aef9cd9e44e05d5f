// Tells the running program from every other: what one keeps for itself no other may read.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, programFolder } from '../package-root.js';

/** A text for the program with its templates and its knowledge, for this version of Node and this system. */
export function programFingerprint(): string {
  const parts = [process.version, process.platform, process.arch, identity(programFolder())];
  for (const folder of ['templates', 'knowledge']) parts.push(treeState(join(packageRoot(), folder)));
  return createHash('sha1').update(parts.join('\n')).digest('base64url');
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
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.map') || name.endsWith('.d.ts')) continue;
    const { size, mtimeMs } = statSync(join(folder, name));
    parts.push(`${name}\0${size}\0${mtimeMs}`);
  }
  return parts.join('\n');
}
