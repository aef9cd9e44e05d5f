// The git history of a repository's files, read once for all pages.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

export interface Commit {
  readonly hash: string;
  /** ISO day. */
  readonly date: string;
  readonly author: string;
  readonly subject: string;
}

const run = promisify(execFile);
const perFile = 8;
const timeLimit = 30_000;

/** Settings of the user that would change what is printed are overruled. */
const log = [
  '-c',
  'log.showSignature=false',
  '-c',
  'log.follow=false',
  '-c',
  'diff.renameLimit=5000',
  'log',
  '--no-color',
  '--relative',
  '--name-status',
  '--find-renames',
  '-z',
  '--format=%x01%H%x02%as%x02%an%x02%s%x02',
];

/**
 * Reads which commits changed the files below a folder, newest first and at most eight of each; what a file was named
 * before counts as it. A folder outside git, or a machine without git, has no history, and of a shallow clone the last
 * commit is left out: it would look as if it had written every file.
 */
export async function readHistory(root: string): Promise<ReadonlyMap<string, readonly Commit[]>> {
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', ['-C', root, ...args], { maxBuffer: 2 ** 28, timeout: timeLimit })).stdout;
  let output: string;
  let grafted: ReadonlySet<string>;
  try {
    grafted = graftsIn(resolve(root, (await git('rev-parse', '--git-path', 'shallow')).trim()));
    output = await git(...log, '--', '.');
  } catch (error) {
    // A history that takes too long to print is shown as far as it was read.
    const read = (error as { stdout?: unknown }).stdout;
    if (typeof read !== 'string' || !read.includes('\x01')) return new Map();
    grafted = new Set();
    output = read.slice(0, read.lastIndexOf('\x01'));
  }
  return commitsByFile(output, grafted);
}

/** Commits whose parents a shallow clone does not have. */
function graftsIn(file: string): ReadonlySet<string> {
  try {
    return new Set(readFileSync(file, 'utf8').split('\n'));
  } catch {
    return new Set();
  }
}

function commitsByFile(output: string, grafted: ReadonlySet<string>): Map<string, Commit[]> {
  const byFile = new Map<string, Commit[]>();
  /** What a file of an older commit is called today. */
  const today = new Map<string, string>();
  for (const entry of output.split('\x01').slice(1)) {
    const [hash = '', date = '', author = '', subject = '', changes = ''] = entry.split('\x02');
    if (grafted.has(hash)) continue;
    const words = changes.split('\0').map((word) => word.replace(/^\n+/, ''));
    const renamed: [string, string][] = [];
    for (let i = 0; i < words.length; ) {
      const status = words[i++]!;
      if (!/^[A-Z]\d*$/.test(status)) continue;
      const from = words[i++] ?? '';
      const file = /^[RC]/.test(status) ? (words[i++] ?? '') : from;
      const name = today.get(file) ?? file;
      if (status.startsWith('R')) renamed.push([from, name]);
      const commits = byFile.get(name);
      if (!commits) byFile.set(name, [{ hash, date, author, subject }]);
      else if (commits.length < perFile) commits.push({ hash, date, author, subject });
      // An older file of this name is another one.
      if (/^[AR]/.test(status)) today.set(file, '');
    }
    for (const [from, name] of renamed) today.set(from, name);
  }
  byFile.delete('');
  return byFile;
}
