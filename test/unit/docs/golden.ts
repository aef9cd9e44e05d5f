// Compares rendered files with a folder of golden ones; UPDATE=1 writes them instead.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { OutputFile } from '../../../src/output/output-file.js';

/** Expects exactly the files of test/golden/<folder>. */
export function expectGolden(folder: string, files: readonly OutputFile[]): void {
  const root = join(import.meta.dirname, '../../golden', folder);
  if (process.env['UPDATE']) {
    rmSync(root, { recursive: true, force: true });
    for (const file of files) {
      mkdirSync(dirname(join(root, file.path)), { recursive: true });
      writeFileSync(join(root, file.path), file.content);
    }
  }
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  expect(files.map((file) => file.path).sort()).toEqual(names);
  for (const file of files)
    expect(String(file.content), file.path).toBe(readFileSync(join(root, file.path), 'utf8'));
}
