// The git history of a repository's files, read once for all pages.
import { execFile } from 'node:child_process';
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

/**
 * Reads which commits changed the files below a folder, newest first and at most eight of each. A folder outside git, or
 * a machine without git, has no history.
 */
export async function readHistory(root: string): Promise<ReadonlyMap<string, readonly Commit[]>> {
  const byFile = new Map<string, Commit[]>();
  let output: string;
  try {
    const format = '--format=%x01%H%x02%as%x02%an%x02%s';
    const git = [
      '-C',
      root,
      '-c',
      'core.quotePath=false',
      'log',
      '--relative',
      '--name-only',
      '--no-renames',
    ];
    output = (await run('git', [...git, format, '--', '.'], { maxBuffer: 2 ** 28, timeout: 20_000 })).stdout;
  } catch {
    return byFile;
  }
  for (const entry of output.split('\x01').slice(1)) {
    const [head = '', ...files] = entry.split('\n');
    const [hash = '', date = '', author = '', subject = ''] = head.split('\x02');
    for (const file of files) {
      if (file === '') continue;
      const commits = byFile.get(file);
      if (!commits) byFile.set(file, [{ hash, date, author, subject }]);
      else if (commits.length < perFile) commits.push({ hash, date, author, subject });
    }
  }
  return byFile;
}
