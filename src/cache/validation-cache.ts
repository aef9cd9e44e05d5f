// What earlier runs of `detc validate` found out, in the user's own cache folder: validating writes nothing into a
// repository, and believes nothing that lies in one.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheHome } from '../package-root.js';
import { BuildCache } from './build-cache.js';
import { changesPath } from './cache-file.js';

/** Repositories with fewer content files are read anew as fast. */
const worthwhile = 100;

/** Milliseconds after which what was kept of a repository that nobody looked at is thrown away: 60 days. */
const keptFor = 60 * 24 * 3600 * 1000;

/** A cache, and what keeps it for the next run. */
export interface ValidationCache extends Pick<BuildCache, 'content' | 'results'> {
  /** Writes what was found out; a folder that cannot be written is no fault. */
  save(): void;
}

/** Opens the cache of a repository; one that is missing, broken or of another program is empty. */
export function openValidationCache(root: string, home = cacheHome()): ValidationCache {
  const all = join(home, 'content');
  const name = createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 24);
  const folder = join(all, name);
  const cache = new BuildCache(root, '', folder);
  return {
    content: cache.content,
    results: cache.results,
    save() {
      if (cache.content.files.size < worthwhile) return;
      try {
        write(cache, folder);
        cache.close();
        forgetOld(all, name);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
      }
    },
  };
}

function write(cache: BuildCache, folder: string): void {
  for (const { path, content, same } of cache.files()) {
    if (same !== undefined) continue;
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    // Readers see the old file or the new one. Of files that two runs wrote at once the checksums do not agree.
    const staged = `${target}.${process.pid}`;
    try {
      writeFileSync(staged, content(), { mode: 0o600 });
      renameSync(staged, target);
    } catch (error) {
      rmSync(staged, { force: true });
      throw error;
    }
  }
}

/** Removes the caches of repositories that have not been validated for long. */
function forgetOld(all: string, own: string): void {
  const now = Date.now();
  for (const name of readdirSync(all)) {
    if (name === own || !/^[0-9a-f]{24}$/.test(name)) continue;
    const changes = statSync(join(all, name, changesPath), { throwIfNoEntry: false });
    if (changes === undefined || now - changes.mtimeMs < keptFor) continue;
    rmSync(join(all, name), { recursive: true });
  }
}
