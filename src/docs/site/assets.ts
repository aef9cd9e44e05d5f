// Files beside the pages of a site: style sheet, scripts and the data that they read.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from '../../output/output-file.js';
import { packageRoot } from '../../package-root.js';
import { searchOptions } from './generator.js';

/** Style sheet and scripts; the repository's own of the same name replace ours. */
export function assets(root: string): OutputFile[] {
  const ours = join(packageRoot(), 'templates/site/assets');
  const theirs = join(root, 'templates/site/assets');
  const names = new Set([ours, theirs].filter(existsSync).flatMap((folder) => readdirSync(folder)));
  return [...names].sort().map((name) => ({
    path: `assets/${name}`,
    content: readFileSync(join(existsSync(join(theirs, name)) ? theirs : ours, name)),
  }));
}

/** The script that holds a search index. */
export function indexScript(index: string): string {
  return `window.detcSearch = { options: ${scriptJson(searchOptions)}, index: ${scriptJson(index)} };\n`;
}

/** JSON that stays inside a script wherever it is put. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
