// How long a full build of the 4.x repository takes, from process start to the written archive: without a cache, with
// one, after one edited file, and how it grows when the repository doubles. Run `npm run build` first.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const corpus = resolve(root, '../shared/corpus/4.x');
if (!existsSync(corpus)) {
  console.log(`SKIPPED: no repository at ${corpus}`);
  process.exit(0);
}
const cli = join(root, 'dist/js/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'detc-bench-'));

/** Milliseconds of wall clock of one build as a process. */
function build(repository, out, ...more) {
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [cli, 'build', '-C', repository, '--out', out, '--keep-going', ...more],
    { encoding: 'utf8' },
  );
  if (status > 1) throw new Error(stderr);
  return performance.now() - start;
}
const best = (count, task) => Math.min(...Array.from({ length: count }, (_, round) => task(round)));

/** A repository of twice as many detections, with names, ids and file names of their own. */
function doubled(source) {
  const target = join(folder, 'doubled');
  cpSync(source, target, { recursive: true });
  for (const name of readdirSync(join(source, 'detections'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.yml')) continue;
    const stem = name.slice(name.lastIndexOf('/') + 1, -4);
    const text = readFileSync(join(source, 'detections', name), 'utf8')
      .replaceAll(`${stem}_filter`, `${stem}_2_filter`)
      .replace(/^name: *(["']?)(.*?)\1 *$/m, 'name: $1$2 2$1')
      .replace(/^id: *..../m, 'id: ffff');
    writeFileSync(join(target, 'detections', `${name.slice(0, -4)}_2.yml`), text);
  }
  return target;
}

const repository = join(folder, 'repository');
cpSync(corpus, repository, { recursive: true });
const edited = join(
  repository,
  'detections/endpoint',
  readdirSync(join(repository, 'detections/endpoint'))[0],
);
const out = join(folder, 'dist');
const report = (name, milliseconds) =>
  console.log(`${name.padEnd(52)}${milliseconds.toFixed(0).padStart(8)} ms`);
try {
  for (const [what, ...only] of [
    ['app and api', '--only', 'app,api'],
    ['app', '--only', 'app'],
  ]) {
    const cold = best(3, () => {
      rmSync(out, { recursive: true, force: true });
      return build(repository, out, ...only);
    });
    report(`${what}: full build without cache`, cold);
    report(
      `${what}: nothing changed`,
      best(5, () => build(repository, out, ...only)),
    );
    const warm = best(5, (round) => {
      appendFileSync(edited, `# ${round}\n`);
      return build(repository, out, ...only);
    });
    report(`${what}: one edited file`, warm);
    if (what !== 'app and api') continue;
    const twice = doubled(repository);
    const double = best(2, () => {
      rmSync(out, { recursive: true, force: true });
      return build(twice, out, ...only);
    });
    report(`${what}: twice the detections, without cache (${(double / cold).toFixed(2)} times)`, double);
  }
} finally {
  rmSync(folder, { recursive: true });
}
