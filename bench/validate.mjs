// How long loading and validating the 4.x repository takes, against reading and bare parsing of the same files in the
// same run, and how it grows when the repository doubles. Run `npm run build` first; `node --expose-gc` steadies it.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const rounds = 5;

/** Milliseconds of the fastest of several runs of each task, taken in turn so that all meet the same noise. */
function fastest(tasks) {
  const best = new Map(tasks.map(([name]) => [name, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, task] of tasks) {
      globalThis.gc?.();
      const start = performance.now();
      task();
      best.set(name, Math.min(best.get(name), performance.now() - start));
    }
  }
  return best;
}

function yamlFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => /\.ya?ml$/i.test(file))
    .map((file) => join(folder, file));
}

function readAndParse(folder) {
  for (const file of yamlFiles(folder)) {
    try {
      load(readFileSync(file, 'utf8'));
    } catch {
      // Strict YAML refuses a handful of files that Splunk's tools take.
    }
  }
}

/** A repository of twice as many files: each a second time, with names, ids and file names of its own. */
function doubled(folder) {
  const target = mkdtempSync(join(tmpdir(), 'detc-bench-'));
  cpSync(folder, target, { recursive: true });
  for (const file of readdirSync(folder, { recursive: true }).map(String)) {
    const ending = /\.(?:ya?ml|csv|json|mlmodel)$/i.exec(file)?.[0];
    if (ending === undefined || !file.includes('/')) continue;
    const stem = file.slice(0, -ending.length);
    let text = readFileSync(join(folder, file), 'utf8');
    if (/^\.ya?ml$/i.test(ending)) {
      const filter = `${stem.slice(stem.lastIndexOf('/') + 1)}_filter`;
      text = text.replaceAll(filter, filter.replace('_filter', '_2_filter'));
      text = text.replace(/^name: *(["']?)(.*?)\1 *$/m, 'name: $1$2 2$1').replace(/^id: *..../m, 'id: ffff');
      text = text.replace(/^filename: *(["']?)(.*)(\.\w+)\1 *$/m, 'filename: $1$2_2$3$1');
    }
    writeFileSync(join(target, `${stem}_2${ending}`), text);
  }
  return target;
}

/** Measures; returns the numbers, or undefined when the repository is not beside the checkout. */
export async function run() {
  const folder = [process.env.DETC_SHARED, join(root, '../shared'), join(root, '../../shared')]
    .filter((candidate) => candidate !== undefined)
    .map((candidate) => resolve(candidate, 'corpus/4.x'))
    .find((candidate) => existsSync(candidate));
  if (folder === undefined) {
    console.log('validate: SKIPPED, no corpus/4.x in ../shared (or DETC_SHARED)');
    return undefined;
  }
  const { validateRepository } = await import('../dist/js/validate.js');
  const { loadRepository } = await import('../dist/js/content/load.js');
  const twice = doubled(folder);
  try {
    const best = fastest([
      ['bare', () => readAndParse(folder)],
      ['load', () => loadRepository(folder)],
      ['validate', () => validateRepository(folder)],
      ['validate twice as many', () => validateRepository(twice)],
    ]);
    const bare = best.get('bare');
    const validate = best.get('validate');
    const growth = best.get('validate twice as many') / validate;
    const files = yamlFiles(folder).length;
    console.log(`validate: ${files} files`);
    for (const [name, time] of best) console.log(`  ${name.padEnd(24)} ${time.toFixed(0).padStart(6)} ms`);
    console.log(`  validate / bare          ${(validate / bare).toFixed(2).padStart(6)}  (at most 3)`);
    console.log(`  twice / once             ${growth.toFixed(2).padStart(6)}  (at most 2)`);
    return { files, ratio: validate / bare, growth, milliseconds: Object.fromEntries(best) };
  } finally {
    rmSync(twice, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = await run();
  if (result !== undefined && (result.ratio > 3 || result.growth > 2.1)) process.exitCode = 1;
}
