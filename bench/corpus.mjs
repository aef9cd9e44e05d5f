// What measurements of `detc build` share: a copy of the 4.x repository that they may change, and the built program.
import { cpSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The command line; run `npm run build` first. */
export const cli = join(root, 'dist/js/cli.js');

/**
 * A folder that the caller removes, with the 4.x repository in `repository` and room for output in `out`. Where there is no
 * such repository the program ends.
 */
export function corpusFolder(prefix) {
  const corpus = resolve(root, '../shared/corpus/4.x');
  if (!existsSync(corpus)) {
    console.log(`SKIPPED: no repository at ${corpus}`);
    process.exit(0);
  }
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const repository = join(folder, 'repository');
  cpSync(corpus, repository, { recursive: true });
  return { folder, repository, out: join(folder, 'dist') };
}

/** The first file of a folder, in the order of names, that ends so. */
export const firstOf = (folder, ending) =>
  join(
    folder,
    readdirSync(folder)
      .sort()
      .find((name) => name.endsWith(ending)),
  );
