// Runs a check again whenever something in a repository changes.
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds without a further change before a check begins: editors save in several steps. */
const quiet = 15;
const skipped = new Set(['node_modules', '.git', 'dist']);

/** Runs `check` at once and after every change below `root`, until the process is ended. */
export function watchRepository(root: string, check: () => void): void {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(run, quiet);
  };
  const watchFolders = (): void => {
    const folders = new Set(foldersOf(root));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      try {
        const watcher = watch(folder, changed);
        // A folder that is removed while it is watched is no fault; the next round forgets it.
        watcher.on('error', changed);
        watchers.set(folder, watcher);
      } catch {
        changed();
      }
    }
  };
  const run = (): void => {
    if (process.stdout.isTTY === true) process.stdout.write('\u001b[2J\u001b[H');
    check();
    watchFolders();
  };
  run();
}

function* foldersOf(folder: string): Iterable<string> {
  yield folder;
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    if (entry.isDirectory() && !skipped.has(entry.name)) yield* foldersOf(join(folder, entry.name));
  }
}
