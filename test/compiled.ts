// The program compiled into a folder of its own, for tests that run it as a process.
import { cpSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** Compiles src/ and returns the path of cli.js; the folder lies in dist/, so that the package is found from it. */
export async function compileCli(): Promise<{ readonly cli: string; readonly folder: string }> {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(root, 'dist', 'test-'));
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  await build({
    entryPoints: files.filter((file) => file.endsWith('.ts')).map((file) => join(root, 'src', file)),
    outdir: folder,
    outbase: join(root, 'src'),
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  for (const file of files.filter((name) => name.endsWith('.json')))
    cpSync(join(root, 'src', file), join(folder, file));
  return { cli: join(folder, 'cli.js'), folder };
}
