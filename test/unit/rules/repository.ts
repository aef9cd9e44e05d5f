// The small valid repository, held in memory, and the diagnostics of changed copies of it.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ContentCache } from '../../../src/content/load.js';
import type { Diagnostic } from '../../../src/diagnostic/diagnostic.js';
import type { RuleExample } from '../../../src/rules/rule.js';
import { validateRepository } from '../../../src/validate.js';

const source = join(import.meta.dirname, '../../data/repository');

/** Files of the base repository by path. */
export const baseFiles: ReadonlyMap<string, Buffer> = new Map(
  readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(source.length + 1).replaceAll('\\', '/'), readFileSync(path)];
    }),
);

export type Change = RuleExample['files'][string] | Uint8Array;

/** A copy of the base repository on disk, in which files can be changed and put back. */
export class ScratchRepository {
  readonly root = mkdtempSync(join(tmpdir(), 'detc-rules-'));
  readonly #cache = new ContentCache();

  constructor() {
    for (const [file, bytes] of baseFiles) this.#write(file, bytes);
  }

  #write(file: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
    this.#cache.files.delete(file);
  }

  /** Validates with the given files changed, as while watching or `anew`, then puts them back. */
  check(files: Readonly<Record<string, Change>>, anew = false): Diagnostic[] {
    const known = anew ? {} : { cache: this.#cache };
    return this.with(files, () => [
      ...validateRepository(this.root, { ...known, today: '2026-11-25' }).diagnostics,
    ]);
  }

  /** Does something with the given files changed, then puts them back. */
  with<T>(files: Readonly<Record<string, Change>>, act: () => T): T {
    for (const [file, change] of Object.entries(files)) {
      if (change === null) rmSync(join(this.root, file));
      else if (typeof change !== 'function') this.#write(file, change);
      else this.#write(file, change(baseFiles.get(file)?.toString('utf8') ?? ''));
    }
    try {
      return act();
    } finally {
      for (const file of Object.keys(files)) {
        const before = baseFiles.get(file);
        if (before === undefined) rmSync(join(this.root, file), { force: true });
        else this.#write(file, before);
      }
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
