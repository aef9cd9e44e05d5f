// Puts the modules of the command line and of its worker threads together: hundreds of small files take longer to open
// than a repository takes to build. The modules of the library stay as they are.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Entries, by their path without ending below src/ and below the compiled folder. */
const entries = ['cli', 'build-worker', 'testing/worker'];

/**
 * Bundles `<root>/src/<entry>.ts` into `<folder>/<entry>.js`; what entries share and what is imported late lies in
 * `<folder>/program/`. Packages stay imports, so that their licences stay with them.
 */
export async function bundleProgram(root, folder) {
  rmSync(join(folder, 'program'), { recursive: true, force: true });
  await build({
    entryPoints: entries.map((entry) => ({ in: join(root, 'src', `${entry}.ts`), out: entry })),
    outdir: folder,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    chunkNames: 'program/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    // Names of functions stay: the report of a bug shows them.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/** Writes `<folder>/program/id`: a text that differs between any two programs, for what one may keep for itself. */
export function identifyProgram(folder) {
  const hash = createHash('sha256').update(process.version);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (/\.(c?js|json)$/.test(name)) hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  writeFileSync(join(folder, 'program', 'id'), hash.digest('base64url'));
}
