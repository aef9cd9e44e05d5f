// Runs a check again whenever something in a repository changes.
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds that spare work may take at a time: what changes meanwhile waits no longer. */
const longestStep = 8;
/** Milliseconds without a further change before a check begins: editors save in several steps. */
const quiet = 15;
const skipped = new Set(['node_modules', '.git', '.detc-cache', 'dist']);

export interface WatchOptions<T> {
  /** Absolute paths of files that are no reason for a check, such as the report it writes. */
  readonly ignored?: readonly string[];
  /** Begins work for the time after a check in which nothing changes, in short steps; it is given up when something does. */
  readonly spare?: (checked: T) => Iterator<unknown>;
}

/**
 * Runs `check` at once and after every change below `root`, until the process is ended. A check that takes its time is
 * not run twice at once; what changes meanwhile is checked when it is done.
 */
export function watchRepository<T>(
  root: string,
  check: () => T | Promise<T>,
  { ignored = [], spare }: WatchOptions<T> = {},
): void {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let again = false;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), quiet);
  };
  const workOn = (work: Iterator<unknown>): void => {
    const end = performance.now() + longestStep;
    while (timer === undefined && performance.now() < end) if (work.next().done === true) return;
    if (timer === undefined) setImmediate(workOn, work);
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
        const watcher = watch(folder, (_, name) => {
          if (name === null || !(skipped.has(name) || ignored.includes(join(folder, name)))) changed();
        });
        // A folder that is removed while it is watched is no fault; the next round forgets it.
        watcher.on('error', changed);
        watchers.set(folder, watcher);
      } catch {
        changed();
      }
    }
  };
  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    let result: T;
    do {
      timer = undefined;
      again = false;
      if (process.stdout.isTTY === true) process.stdout.write('\u001b[2J\u001b[H');
      // Watching begins before the check, so that nothing it did not see is lost, in a folder that is new least of all.
      watchFolders();
      result = await check();
    } while (again);
    running = false;
    if (spare !== undefined) setImmediate(workOn, spare(result));
  };
  void run();
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
