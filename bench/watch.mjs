// How long `detc validate --watch` takes from a save to its answer on the 4.x repository: the program runs beside this
// one, a detection, a macro and a story are saved in turn, and the time until the last line of the answer counts.
// Run `npm run build` first. `node bench/watch.mjs [repository]`.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const source = process.argv[2] ?? join(root, '../shared/corpus/4.x');
const saves = 15;
if (!existsSync(source)) {
  console.log(`skipped: ${source} is not there`);
  process.exit(0);
}

const repository = mkdtempSync(join(tmpdir(), 'detc-bench-'));
cpSync(source, repository, { recursive: true });
const child = spawn(
  process.execPath,
  [join(root, 'dist/js/cli.js'), 'validate', '-C', repository, '--watch', '--format', 'json'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
let output = '';
let answered = () => {};
child.stdout.setEncoding('utf8').on('data', (chunk) => {
  output += chunk;
  if (output.endsWith('}\n')) answered(performance.now());
});
const answer = () =>
  new Promise((done) => {
    output = '';
    answered = done;
  });

/** Times from saves to answers, in milliseconds, sorted. */
async function measure(file) {
  const path = join(repository, file);
  const text = readFileSync(path, 'utf8');
  const times = [];
  for (let save = 0; save < saves; save++) {
    // Nobody saves before the last answer is read.
    await new Promise((done) => setTimeout(done, 150));
    const answers = answer();
    const before = performance.now();
    writeFileSync(path, `${text}# ${save}\n`);
    times.push((await answers) - before);
  }
  writeFileSync(path, text);
  await answer();
  return times.sort((a, b) => a - b);
}

try {
  await answer();
  const first = (folder) =>
    join(
      folder,
      readdirSync(join(repository, folder))
        .filter((name) => name.endsWith('.yml'))
        .sort()[0],
    );
  for (const [what, file] of [
    ['a detection', first('detections/endpoint')],
    ['a story', first('stories')],
    ['a macro', 'macros/security_content_ctime.yml'],
  ]) {
    const times = await measure(file);
    const middle = times[Math.floor(times.length / 2)].toFixed(0);
    // The macro is one that nearly every search calls: all of them are read again.
    const aim = what === 'a macro' ? '' : ' (at most 200)';
    console.log(
      `save of ${what} to the answer: median ${middle} ms${aim}; slowest ${times.at(-1).toFixed(0)} ms`,
    );
  }
} finally {
  child.kill();
  rmSync(repository, { recursive: true });
}
