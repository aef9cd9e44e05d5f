// Builds of the 4.x repository that are killed at random moments, cold and warm: the output must be one build, whole.
// `node bench/kill.mjs [rounds]`. Run `npm run build` first.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { cli, corpusFolder, firstOf } from './corpus.mjs';

const rounds = Number(process.argv[2] ?? 50);
const { folder, repository, out } = corpusFolder('detc-kill-');
const args = [cli, 'build', '-C', repository, '--out', out, '--keep-going', '--only', 'app,api'];

/** Hash of all that was made, detc's own notes aside. */
function state() {
  const hash = createHash('sha256');
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('.detc'))
    .sort();
  for (const path of files)
    if (statSync(join(out, path)).isFile()) hash.update(`${path}\0`).update(readFileSync(join(out, path)));
  return hash.digest('hex');
}
const edited = firstOf(join(repository, 'detections/endpoint'), '.yml');
const text = readFileSync(edited, 'utf8');
/** Writes one of two contents of a detection. */
const setVersion = (index) =>
  writeFileSync(edited, text.replace(/^description: /m, `description: Version ${index}. `));
/** Milliseconds of a whole build. */
function build() {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status > 1) throw new Error(stderr);
  return performance.now() - start;
}
const forget = () => rmSync(join(out, '.detc/cache'), { recursive: true, force: true });

try {
  setVersion(0);
  const cold = build();
  const known = [state()];
  setVersion(1);
  const warm = build();
  known.push(state());
  if (known[0] === known[1]) throw new Error('the two versions are one');
  const left = { 'the old build': 0, 'the new build': 0, 'a mixture': 0 };
  for (let round = 0; round < rounds; round++) {
    const index = round % 2;
    // Each version by each kind of build.
    const isCold = round % 4 < 2;
    setVersion(index);
    if (isCold) forget();
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    const ended = new Promise((done) => child.on('exit', done));
    const duration = isCold ? cold : warm;
    // Every second one near the end, where the output changes.
    const from = Math.random() < 0.5 ? 0 : 0.7;
    await Promise.race([ended, after(duration * (from + (1.05 - from) * Math.random()))]);
    child.kill('SIGKILL');
    await ended;
    const found = state();
    if (found === known[index]) left['the new build']++;
    else if (found === known[1 - index]) left['the old build']++;
    else left['a mixture']++;
  }
  setVersion(0);
  build();
  if (state() !== known[0]) left['a mixture']++;
  const beside = readdirSync(folder).filter((name) => name !== 'dist' && name !== 'repository');
  for (const [what, count] of Object.entries(left))
    console.log(
      `of ${rounds} killed builds left ${what.padEnd(14)}${String(count).padStart(4)}${what === 'a mixture' ? ' (at most 0)' : ''}`,
    );
  console.log(
    `folders left beside the output by killed builds ${String(beside.length).padStart(4)} (at most 0)`,
  );
  if (left['a mixture'] > 0 || beside.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
