// How long a full build of the 4.x repository takes, from process start to the written archive: without a cache, with
// one, after one edited file, and how it grows when the repository doubles; beside what no build can do without. Run
// `npm run build` first. `--quick` measures only the app and the API once, to hold them against their bounds.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, corpusFolder, firstOf } from './corpus.mjs';

const isQuick = process.argv.includes('--quick');
const { folder, repository, out } = corpusFolder('detc-bench-');

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

/** Files that are read for a build. */
function contentOf(repository) {
  return [
    'detections',
    'macros',
    'lookups',
    'stories',
    'baselines',
    'investigations',
    'data_sources',
    'deployments',
  ]
    .filter((name) => existsSync(join(repository, name)))
    .flatMap((name) =>
      readdirSync(join(repository, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
}

/** What no build can do without: a process that reads the files, parses the YAML, and writes as many bytes. */
const baseline = join(folder, 'baseline.mjs');
writeFileSync(
  baseline,
  `import { readFileSync, writeFileSync } from 'node:fs';
import { load } from ${JSON.stringify(import.meta.resolve('js-yaml'))};
const [list, out, bytes] = process.argv.slice(2);
for (const file of JSON.parse(readFileSync(list, 'utf8'))) {
  const text = readFileSync(file, 'utf8');
  try {
    if (/\\.ya?ml$/.test(file)) load(text);
  } catch {
    // Some files are YAML to Splunk's tools and not to js-yaml.
  }
}
writeFileSync(out, Buffer.alloc(Number(bytes), 'text of no meaning '));
`,
);
function baselineOf(repository, bytes) {
  const list = join(folder, 'files.json');
  writeFileSync(list, JSON.stringify(contentOf(repository)));
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [baseline, list, join(folder, 'written'), String(bytes)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
}
const sizeOf = (path) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

const detection = firstOf(join(repository, 'detections/endpoint'), '.yml');
const comment = (text, round) => `${text}# ${round}\n`;
/** One file of each kind that others depend on, changed without a fault; and what is changed in a detection. */
const edits = [
  ['detection', detection, (text, round) => text.replace(/^description: /m, `description: Edit ${round}. `)],
  [
    "detection's search",
    detection,
    (text, round) => text.replace(/( \| *`\w+_filter`)/, ` | eval edit=${round}$1`),
  ],
  ['comment', detection, comment],
  ['macro', join(repository, 'macros/sysmon.yml'), comment],
  ['lookup', firstOf(join(repository, 'lookups'), '.yml'), comment],
  ['story', firstOf(join(repository, 'stories'), '.yml'), comment],
];
const report = (name, milliseconds, base) =>
  console.log(
    `${name.padEnd(52)}${milliseconds.toFixed(0).padStart(8)} ms${base ? `, ${(milliseconds / base).toFixed(2)} × the baseline` : ''}`,
  );
/**
 * Shares of a full build of the same run that a warm one may take at most. Two processors take about 0.10 and 0.15 of it;
 * where there are more, the full build is shared among them.
 */
const bounds = { unchanged: 0.35, edited: 0.5 };
const reportWarm = (name, milliseconds, cold, bound) => {
  const share = milliseconds / cold;
  const verdict = share <= bound ? '' : `, TOO SLOW: more than ${bound}`;
  console.log(
    `${name.padEnd(52)}${milliseconds.toFixed(0).padStart(8)} ms, ${share.toFixed(2)} of a full build${verdict}`,
  );
  if (share > bound) process.exitCode = 1;
};
const fresh = (from, ...only) => {
  rmSync(out, { recursive: true, force: true });
  return build(from, out, ...only);
};
try {
  for (const [what, ...only] of [
    ['app and api', '--only', 'app,api'],
    ['app', '--only', 'app'],
    ['everything'],
  ]) {
    const rounds = isQuick || what === 'everything' ? 1 : 3;
    if (isQuick && what !== 'app and api') continue;
    const cold = best(rounds, () => fresh(repository, ...only));
    const bytes = sizeOf(out);
    const base = best(rounds, () => baselineOf(repository, bytes));
    report(`${what}: baseline, reading, bare js-yaml, writing`, base);
    report(`${what}: full build without cache`, cold, base);
    const unchanged = best(rounds + 1, () => build(repository, out, ...only));
    reportWarm(`${what}: nothing changed`, unchanged, cold, bounds.unchanged);
    for (const [kind, file, text] of what === 'app and api' && !isQuick ? edits : edits.slice(0, 1)) {
      const warm = best(rounds + 1, (round) => {
        const before = readFileSync(file, 'utf8');
        const after = text(before, round);
        if (after === before) throw new Error(`${file} stays as it is`);
        writeFileSync(file, after);
        return build(repository, out, ...only);
      });
      reportWarm(`${what}: one edited ${kind}`, warm, cold, bounds.edited);
    }
    if (isQuick || what !== 'app and api') continue;
    const twice = doubled(repository);
    const double = best(2, () => fresh(twice, ...only));
    report(`${what}: twice the detections, without cache (${(double / cold).toFixed(2)} times)`, double);
  }
} finally {
  rmSync(folder, { recursive: true });
}
